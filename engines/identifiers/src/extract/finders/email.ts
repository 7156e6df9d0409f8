import { readAccount } from '../../account.ts'
import { readEmail } from '../../email.ts'
import { readHandle } from '../../names/handle.ts'
import { isKnownSuffix } from '../../network/suffix.ts'
import { isAlphabetByte, isHex, isHigh, isHostByte, isLocalByte, isWordByte } from '../bytes.ts'
import type { Page } from '../page.ts'
import { platformBefore } from './platform.ts'

const longestLocal = 64
const longestHost = 253

/** Endings of pictures and styles: `icon@2x.png` is a file. */
const fileEndings: ReadonlySet<string> = new Set('png jpg jpeg gif svg webp ico bmp css js mp4 heic'.split(' '))

/** At an `@`, or at `%40`, which is an `@` inside the query of an address (`width` 3). */
export function findAt(page: Page, place: number, width: 1 | 3 = 1): void {
  const start = localStart(page, place)
  if (start === place) {
    if (width === 1) findHandle(page, place)
    return
  }
  const end = hostEnd(page, place + width)
  if (end <= place + width) return
  const domain = page.text(place + width, end)
  const last = domain.slice(domain.lastIndexOf('.') + 1).toLowerCase()
  if (!domain.includes('.') || fileEndings.has(last)) return
  const reading = readEmail(`${page.text(start, place)}@${domain}`)
  if (!reading.ok) return
  page.localUntil = end
  page.hostUntil = Math.max(page.hostUntil, end)
  const { identifier } = reading.value
  if (start - page.xmppAt < 24) {
    const account = readAccount('xmpp', 'username', identifier.normal)
    const word = page.ascii(
      page.xmppAt,
      page.xmppAt + (page.at(page.xmppAt) === 120 || page.at(page.xmppAt) === 88 ? 4 : 6),
    )
    if (account.ok) page.emit(start, end, account.value.identifier, [word])
  }
  const ending = identifier.normal.slice(identifier.normal.lastIndexOf('.') + 1)
  if (isUserOfAddress(page, start)) {
    const because = 'stands where an address of a site names a user or a password (RFC 3986 section 3.2.1)'
    page.emit(start, end, { ...identifier, strength: 'weak', because })
  } else if (isKnownSuffix(ending)) page.emit(start, end, identifier)
  else if (ending.length > 1)
    page.emit(start, end, {
      ...identifier,
      strength: 'weak',
      because: 'RFC 5321 practical subset, but no known suffix',
    })
}

const longestUser = 128

/** `https://user:password@host`: between `://` and the `@` stands no mail address. */
function isUserOfAddress(page: Page, start: number): boolean {
  for (let at = start - 1; at >= 2 && at > start - longestUser; at -= 1) {
    const byte = page.at(at)
    if (byte === 0x2f) return page.at(at - 1) === 0x2f && page.at(at - 2) === 0x3a
    if (byte <= 0x20 || byte === 0x22 || byte === 0x3c || byte === 0x3f || byte === 0x23) return false
  }
  return false
}

/**
 * Leftwards over the local part, never into what another address has taken. Latin, Greek and Cyrillic letters belong to
 * it; a script without blanks between words would bring the whole sentence with it.
 */
function localStart(page: Page, place: number): number {
  const floor = Math.max(page.localUntil, place - longestLocal, 0)
  let start = place
  while (start > floor) {
    const byte = page.at(start - 1)
    if (isLocalByte(byte) || isAlphabetByte(byte)) start -= 1
    // o'brien@, where both sides are letters.
    else if (byte === 39 && isWordByte(page.at(start)) && isWordByte(page.at(start - 2)) && start < place) start -= 1
    else break
  }
  const goesOn = start === place - longestLocal && start > page.localUntil && isLocalByte(page.at(start - 1))
  const whole = start
  // The rest of a longer character, as of a typographic quote, is no letter.
  while (start < place && (page.at(start) & 0xc0) === 0x80) start += 1
  // `%3Dbob@` and `%20bob@` in the query of an address: the escape is not part of the name.
  for (let at = start; at + 2 < place; at += 1) {
    if (page.at(at) === 37 && isHex(page.at(at + 1)) && isHex(page.at(at + 2))) start = at + 3
  }
  // Longer than any name of a mailbox (RFC 5321 section 4.5.3.1.1): its end alone is nobody's address.
  if (goesOn && start === whole) return place
  while (start < place && (page.at(start) === 46 || page.at(start) === 45 || page.at(start) === 43)) start += 1
  return page.at(place - 1) === 46 ? place : start
}

function hostEnd(page: Page, from: number): number {
  const ceiling = Math.min(from + longestHost, page.end)
  let end = from
  while (end < ceiling && (isHostByte(page.at(end)) || isAlphabetByte(page.at(end)))) end += 1
  if (isHigh(page.at(end)) && end === from) {
    while (end < ceiling && (isHostByte(page.at(end)) || isHigh(page.at(end)))) end += 1
  }
  while (end > from && !isWordByte(page.at(end - 1)) && !isHigh(page.at(end - 1))) end -= 1
  return end
}

const longestHandle = 64

/** `@name` on its own, or `@name:server` of Matrix. A platform named shortly before makes it an account. */
function findHandle(page: Page, place: number): void {
  const before = page.at(place - 1)
  if (isWordByte(before) || isHigh(before) || before === 64 || before === 46 || before === 47) return
  let end = place + 1
  while (end - place < longestHandle && isHostByte(page.at(end))) end += 1
  const whole = end
  while (end > place + 1 && (page.at(end - 1) === 46 || page.at(end - 1) === 45)) end -= 1
  const length = end - place - 1
  if (length < 2 || whole - place >= longestHandle) return
  if (page.at(end) === 58 && isWordByte(page.at(end + 1))) {
    const serverEnd = hostEnd(page, end + 1)
    const server = page.text(end + 1, serverEnd)
    if (server.includes('.') && isKnownSuffix(server.slice(server.lastIndexOf('.') + 1).toLowerCase())) {
      const account = readAccount('matrix', 'username', page.text(place + 1, serverEnd).toLowerCase())
      if (account.ok) {
        page.hostUntil = Math.max(page.hostUntil, serverEnd)
        page.emit(place, serverEnd, account.value.identifier)
        return
      }
    }
  }
  const name = page.ascii(place + 1, end)
  if (name.includes('.') && isKnownSuffix(name.slice(name.lastIndexOf('.') + 1).toLowerCase())) return
  if (length > 32 || isDigits(name)) return
  page.hostUntil = Math.max(page.hostUntil, end)
  const platform = platformBefore(page, place)
  if (platform !== null) {
    const account = readAccount(platform.platform, 'username', name)
    if (account.ok) {
      page.emit(place, end, account.value.identifier, [platform.word])
      return
    }
  }
  const handle = readHandle(name)
  if (handle.ok) page.emit(place, end, handle.value.identifier)
}

const isDigits = (name: string): boolean => /^[0-9.]+$/.test(name)
