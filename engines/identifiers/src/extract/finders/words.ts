import { readPgpKeyName } from '../../pgp/fingerprint.ts'
import { isHex, isWordByte } from '../bytes.ts'
import type { Page } from '../page.ts'
import { findNamedCoordinates } from './coordinates.ts'
import { findMonthFirst } from './date.ts'
import { findSpelled } from './fanged.ts'
import { findNamed, platformWords } from './platform.ts'

type Finder = (page: Page, start: number, end: number) => void

const months =
  'jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october november december sept'
const finders: ReadonlyMap<string, Finder> = new Map<string, Finder>([
  ...platformWords.map((word): [string, Finder] => [word, findNamed]),
  ...months.split(' ').map((word): [string, Finder] => [word, findMonthFirst]),
  ['dot', findSpelled],
  ['lat', findNamedCoordinates],
  ['latitude', findNamedCoordinates],
  ['fingerprint', findFingerprint],
  ['jabber', markXmpp],
  ['xmpp', markXmpp],
])

export const longestWord = 11

/** Length, first, second and last letter of a word, mixed into 14 bits. */
function wordKey(length: number, first: number, second: number, last: number): number {
  const letters = (first & 31) | ((second & 31) << 5) | ((last & 31) << 10)
  return (letters ^ (letters >> 7) ^ (length * 1237)) & 16_383
}

/** Most words of a text fail here and cost nothing more. */
export const wordFilter: Uint8Array = (() => {
  const table = new Uint8Array(1 << 14)
  for (const word of finders.keys()) {
    const last = word.length - 1
    table[wordKey(word.length, word.charCodeAt(0), word.charCodeAt(1), word.charCodeAt(last))] = 1
  }
  return table
})()

/** At the end of a word of 2 to 11 letters. */
export function findAtWord(page: Page, start: number, end: number): void {
  if (wordFilter[wordKey(end - start, page.at(start), page.at(start + 1), page.at(end - 1))] === 0) return
  finders.get(page.ascii(start, end).toLowerCase())?.(page, start, end)
}

/** Behind "fingerprint": 40 or 64 hex digits with blanks between. */
function findFingerprint(page: Page, start: number, end: number): void {
  let at = end
  while (at < end + 8 && (page.at(at) === 32 || page.at(at) === 58 || page.at(at) === 61)) at += 1
  const from = at
  let digits = 0
  let last = 0
  for (; at < from + 100; at += 1) {
    const byte = page.at(at)
    if (isHex(byte)) {
      digits += 1
      if ((digits === 40 || digits === 64) && !isWordByte(page.at(at + 1))) last = at + 1
    } else if (byte !== 32 && byte !== 58) break
  }
  // Without blanks the run of hex digits is found where it ends.
  if (last === 0 || last - from === 40 || last - from === 64) return
  const key = readPgpKeyName(page.ascii(from, last))
  if (key.ok) page.emit(from, last, key.value.identifier, [page.ascii(start, end)])
}

function markXmpp(page: Page, start: number): void {
  page.xmppAt = start
}
