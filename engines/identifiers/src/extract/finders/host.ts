import { readMac } from '../../device/mac.ts'
import type { Identifier } from '../../identifier.ts'
import { readIp } from '../../ip.ts'
import { isProfileHost, readProfileUrl } from '../../names/profile-url.ts'
import { domainIdentifier } from '../../network/domain.ts'
import { readOnion } from '../../network/onion.ts'
import { isKnownSuffix } from '../../network/suffix.ts'
import { readUrl } from '../../url.ts'
import { isAlphabetByte, isDigit, isHigh, isHostByte, isUrlByte, isWordByte } from '../bytes.ts'
import type { Page } from '../page.ts'

const longestHost = 255
const longestUrl = 8192
const onionWord = '.onion'

/** At a dot between two characters: the whole run of host characters around it is looked at once. */
export function findHost(page: Page, place: number): void {
  if (place < page.hostUntil) return
  const floor = Math.max(page.hostUntil, place - longestHost, 0)
  let start = place
  while (start > floor && (isHostByte(page.at(start - 1)) || isAlphabetByte(page.at(start - 1)))) start -= 1
  const ceiling = place + longestHost
  let end = place + 1
  while (end < ceiling && (isHostByte(page.at(end)) || isAlphabetByte(page.at(end)))) end += 1
  page.hostUntil = end
  if (end === ceiling || (start === floor && place - start === longestHost)) return
  while (end > place && !isWordByte(page.at(end - 1)) && !isHigh(page.at(end - 1))) end -= 1
  while (start < place && !isWordByte(page.at(start)) && page.at(start) < 0xc2) start += 1
  if (end <= place || start >= place) return
  const [before, after] = [page.at(start - 1), page.at(end)]
  // The part before an @ is no host, and the part behind one has been looked at.
  if (before === 64 || after === 64 || (after === 37 && page.at(end + 1) === 52 && page.at(end + 2) === 48)) return
  // A path: the address of the site has named its host already, and folders hold files.
  if (before === 47 || before === 92 || (start < page.urlUntil && before !== 61)) return
  emitHost(page, start, end)
}

function emitHost(page: Page, start: number, end: number): void {
  const suffixStart = lastLabel(page, start, end)
  if (end - start === 14 && page.at(start + 4) === 46 && page.at(start + 9) === 46 && emitMac(page, start, end)) return
  if (isDigit(page.at(end - 1)) && !isPunycode(page, suffixStart)) return
  const text = page.text(start, end)
  const lower = text.toLowerCase()
  if (lower.includes(onionWord)) {
    const onion = readOnion(lower)
    if (onion.ok) page.emit(start, end, onion.value.identifier)
    return
  }
  const suffix = lower.slice(suffixStart - end)
  if (suffix.length < 2 || (suffix.charCodeAt(0) < 128 && !isKnownSuffix(suffix))) return
  if (page.at(end) === 47 && isProfileHost(lower)) emitProfile(page, start, end)
  if (page.at(end) === 40 || !page.wants('domain')) return
  const domain = domainIdentifier(text)
  if (domain.ok) page.emit(start, end, domain.value, undefined, text)
}

/** Where the label after the last dot begins. */
function lastLabel(page: Page, start: number, end: number): number {
  let at = end
  while (at > start && page.at(at - 1) !== 46) at -= 1
  return at
}

const isPunycode = (page: Page, label: number): boolean =>
  (page.at(label) | 32) === 120 && (page.at(label + 1) | 32) === 110 && page.at(label + 2) === 45

function emitMac(page: Page, start: number, end: number): boolean {
  const mac = readMac(page.ascii(start, end))
  if (mac.ok) page.emit(start, end, mac.value.identifier)
  return mac.ok
}

/** `t.me/name` without a scheme before it. */
function emitProfile(page: Page, start: number, hostEnd: number): void {
  const end = urlEnd(page, hostEnd, hostEnd + 256)
  const profile = readProfileUrl(page.text(start, end))
  if (profile.ok) page.emit(start, end, profile.value.identifier)
}

/** At the colon of `://`. */
export function findUrl(page: Page, place: number): void {
  const start = schemeStart(page, place)
  if (start === place) return
  const inside = place < page.urlUntil
  const end = inside ? innerEnd(page, start, place) : urlEnd(page, place + 3, place + longestUrl)
  if (!inside) {
    page.urlUntil = end
    page.mayNest = end < place + longestUrl
  }
  if (end === 0 || end === place + longestUrl) return
  const text = page.text(start, end)
  const url = readUrl(text)
  if (!url.ok) return
  page.emit(start, end, url.value.identifier, undefined, text)
  emitUrlHost(page, place + 3, end, url.value.host)
  const profile = isProfileHost(url.value.host) ? readProfileUrl(text) : null
  if (profile?.ok === true) page.emit(start, end, profile.value.identifier)
}

/** An address inside another one has the same end; the first such is read, a chain of them is not. */
function innerEnd(page: Page, start: number, place: number): number {
  const before = page.at(start - 1)
  if (!page.mayNest || page.urlUntil - place > 2048 || (before !== 61 && before !== 47)) return 0
  page.mayNest = false
  return page.urlUntil
}

/** `http`, `https`, and the disarmed `hxxp` and `h**p`. */
function schemeStart(page: Page, place: number): number {
  let start = place
  while (start > place - 5 && (isWordByte(page.at(start - 1)) || page.at(start - 1) === 42)) start -= 1
  const scheme = page.ascii(start, place).toLowerCase()
  const match = /h(?:tt|xx|\*\*)ps?$/.exec(scheme)
  return match === null ? place : place - match[0].length
}

export function urlEnd(page: Page, from: number, ceiling: number): number {
  let end = from
  while (end < ceiling && isUrlByte(page.at(end))) {
    const byte = page.at(end)
    // Typographic and ideographic punctuation (U+2000, U+3000, U+FF00 and what follows) ends an address in running text.
    if (byte === 0xe2 && page.at(end + 1) === 0x80) break
    if ((byte === 0xe3 && page.at(end + 1) === 0x80) || (byte === 0xef && page.at(end + 1) === 0xbc)) break
    end += 1
  }
  if (end >= ceiling) return ceiling
  while (end > from && isTrailing(page, from, end)) end -= 1
  return end
}

/** Punctuation of the sentence around it; a closing bracket only when none was opened inside. */
function isTrailing(page: Page, from: number, end: number): boolean {
  const byte = page.at(end - 1)
  if (byte === 41 || byte === 93) {
    // Looked at over a short distance, so that a row of brackets costs no more than its length.
    const open = byte === 41 ? 40 : 91
    for (let at = end - 2; at >= Math.max(from, end - 64); at -= 1) if (page.at(at) === open) return false
    return true
  }
  return (
    byte === 46 || byte === 44 || byte === 59 || byte === 58 || byte === 33 || byte === 63 || byte === 39 || byte === 42
  )
}

/** The host of an address, as a mention of its own at its place. */
function emitUrlHost(page: Page, from: number, end: number, host: string): void {
  let authority = from
  while (authority < end && page.at(authority) !== 47 && page.at(authority) !== 63 && page.at(authority) !== 35)
    authority += 1
  page.hostUntil = Math.max(page.hostUntil, authority)
  let start = from
  for (let at = from; at < authority; at += 1) if (page.at(at) === 64) start = at + 1
  let stop = authority
  const closing = page.at(start) === 91 ? start + 64 : 0
  for (let at = start; at < authority; at += 1) {
    if (page.at(at) === 93 && at < closing && page.at(at + 1) !== 46 && page.at(start + 1) !== 46) stop = at + 1
    else if (page.at(at) === 58 && closing === 0 && page.at(at + 1) !== 93) {
      stop = at
      break
    }
  }
  const identifier = hostIdentifier(host)
  if (identifier === null) return
  if (identifier.kind === 'ip') {
    page.digitsUntil = Math.max(page.digitsUntil, authority)
    page.colonsUntil = Math.max(page.colonsUntil, authority)
  }
  page.emit(start, stop, identifier)
}

export function hostIdentifier(host: string): Identifier | null {
  if (host.startsWith('[')) {
    const ip = readIp(host.slice(1, -1))
    return ip.ok ? ip.value.identifier : null
  }
  if (host.includes(onionWord)) {
    const onion = readOnion(host)
    return onion.ok ? onion.value.identifier : null
  }
  const ip = /^[0-9.]+$/.test(host) ? readIp(host) : null
  if (ip !== null) return ip.ok ? ip.value.identifier : null
  const domain = domainIdentifier(host)
  return domain.ok ? domain.value : null
}
