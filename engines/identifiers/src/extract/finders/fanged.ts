import { readEmail } from '../../email.ts'
import type { Identifier } from '../../identifier.ts'
import { isKnownSuffix } from '../../network/suffix.ts'
import { readUrl } from '../../url.ts'
import { isHostByte, isWordByte } from '../bytes.ts'
import type { Page } from '../page.ts'
import { hostIdentifier } from './host.ts'

const reach = 256

/** Length of `[.]`, `(dot)`, `[at]`, `{@}`, `[:]`, `[://]` at a bracket, and what it stands for; null for any other bracket. */
function markAt(page: Page, place: number): { readonly length: number; readonly means: '.' | '@' | ':' } | null {
  const open = page.at(place)
  const close = open === 40 ? 41 : open === 91 ? 93 : open === 123 ? 125 : 0
  if (close === 0) return null
  const [first, second, third] = [page.at(place + 1), page.at(place + 2), page.at(place + 3)]
  if (first === 46 && second === close) return { length: 3, means: '.' }
  if (first === 64 && second === close) return { length: 3, means: '@' }
  if (first === 58 && second === close) return { length: 3, means: ':' }
  if (first === 58 && second === 47 && third === 47 && page.at(place + 4) === close) return { length: 5, means: ':' }
  if ((first | 32) === 97 && (second | 32) === 116 && third === close) return { length: 4, means: '@' }
  const isDot = (first | 32) === 100 && (second | 32) === 111 && (third | 32) === 116
  return isDot && page.at(place + 4) === close ? { length: 5, means: '.' } : null
}

/** At a bracket: an address, host or mail that was written so that nobody follows it by accident. */
export function findFanged(page: Page, place: number): void {
  if (place < page.fangsUntil || markAt(page, place) === null) return
  const start = startOf(page, place)
  const { text, end, looked, mailMarks } = undone(page, start, place)
  page.fangsUntil = looked
  if (/^h(?:tt|xx|\*\*)ps?:\/\//i.test(text)) {
    // With the usual scheme the address was found at its `://`; the reader of addresses undoes the rest.
    const written = page.text(start, end)
    if (page.urlUntil > start) return
    const url = readUrl(written.replace(/\[at\]|\(at\)/gi, '@'))
    if (!url.ok) return
    page.urlUntil = Math.max(page.urlUntil, end)
    page.hostUntil = Math.max(page.hostUntil, end)
    page.emit(start, end, url.value.identifier)
    const host = hostIdentifier(url.value.host)
    if (host !== null) page.emit(start, end, host)
    return
  }
  if (start < page.urlUntil) return
  page.hostUntil = Math.max(page.hostUntil, end)
  if (mailMarks > 0 || text.includes('@')) {
    emitMail(page, start, end, text)
    return
  }
  const host = hostIdentifier(text.toLowerCase())
  if (host !== null) page.emit(start, end, { ...host, because: `${host.because}, written defanged` })
}

export function emitMail(page: Page, start: number, end: number, text: string): void {
  const mail = readEmail(text)
  if (!mail.ok || !isKnownSuffix(mail.value.domain.slice(mail.value.domain.lastIndexOf('.') + 1))) return
  const identifier: Identifier = {
    ...mail.value.identifier,
    strength: 'weak',
    because: 'an address in words or brackets, put together',
  }
  page.emit(start, end, identifier)
}

const isPart = (byte: number): boolean => isHostByte(byte) || byte === 43 || byte === 64

/** Leftwards over the part before the first bracket, one blank allowed before it, or over `hxxp://`. */
function startOf(page: Page, place: number): number {
  const floor = Math.max(page.fangsUntil, place - reach, 0)
  let start = place
  if (page.at(start - 1) === 32 && isWordByte(page.at(start - 2))) start -= 1
  const word = start
  while (start > floor && (isPart(page.at(start - 1)) || isScheme(page, start - 1))) start -= 1
  while (start < word && !isWordByte(page.at(start))) start += 1
  return start
}

const isScheme = (page: Page, place: number): boolean => {
  const byte = page.at(place)
  return byte === 58 ? page.at(place + 1) === 47 : byte === 47 || byte === 42
}

interface Undone {
  readonly text: string
  readonly end: number
  /** How far it went; nothing before this place is looked at again. */
  readonly looked: number
  readonly mailMarks: number
}

/** Rightwards with every mark undone; ends where neither a part of a name nor a mark follows. */
function undone(page: Page, start: number, place: number): Undone {
  const ceiling = place + reach
  let text = page.ascii(start, place).trim()
  let at = place
  let end = place
  let mailMarks = 0
  while (at < ceiling) {
    const blank = page.at(at) === 32 ? 1 : 0
    const mark = markAt(page, at + blank)
    if (mark !== null) {
      if (mark.means === '@') mailMarks += 1
      text += mark.means === ':' ? '://' : mark.means
      at += blank + mark.length
      if (mark.means === ':') while (page.at(at) === 47) at += 1
      if (page.at(at) === 32 && isWordByte(page.at(at + 1))) at += 1
    } else if (blank === 0 && isPart(page.at(at))) {
      text += String.fromCharCode(page.at(at))
      at += 1
      if (page.at(at - 1) !== 46) end = at
    } else break
  }
  // An address goes on behind its host.
  if (page.at(at) === 47 && text.includes('://')) {
    while (at < ceiling && page.at(at) > 32 && page.at(at) < 127 && page.at(at) !== 34 && page.at(at) !== 62) at += 1
    return { text, end: at, looked: at, mailMarks }
  }
  return { text: text.replace(/[.@]+$/, ''), end, looked: at, mailMarks }
}

/** At the word "dot": `name at host dot example`, one "dot" or two. */
export function findSpelled(page: Page, start: number, end: number): void {
  if (page.at(start - 1) !== 32 || page.at(end) !== 32 || start < page.fangsUntil) return
  const window = page.ascii(Math.max(start - 96, page.fangsUntil, 0), Math.min(end + 64, page.end))
  const before = Math.min(start - page.fangsUntil, start, 96)
  if (!window.includes(' at ') && !window.includes(' AT ')) return
  const left = /(?<![a-z0-9._+-])([a-z0-9][a-z0-9._+-]{0,30}) at ([a-z0-9-]{1,30})(?: dot ([a-z0-9-]{1,30}))? $/i.exec(
    window.slice(0, before),
  )
  const right = /^ ([a-z0-9-]{2,24})(?: dot ([a-z]{2,12}))?(?![a-z0-9@-])/i.exec(window.slice(before + end - start))
  if (left === null || right === null) return
  const [, name = '', host = '', middle] = left
  const [, first = '', second] = right
  const tail = second !== undefined && isKnownSuffix(second.toLowerCase()) ? ` dot ${second}` : ''
  const last = tail === '' ? first : (second ?? '')
  if (!isKnownSuffix(last.toLowerCase())) return
  const labels = [host, middle, first, tail === '' ? undefined : second].filter((label) => label !== undefined)
  const from = start - before + left.index
  const stop = end + 1 + first.length + tail.length
  page.fangsUntil = stop
  emitMail(page, from, stop, `${name}@${labels.join('.')}`)
}
