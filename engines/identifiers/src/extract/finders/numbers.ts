import type { Identifier } from '../../identifier.ts'
import { isDigit, isLetter } from '../bytes.ts'
import type { Page } from '../page.ts'
import { findCoordinates } from './coordinates.ts'
import { findDate } from './date.ts'
import { findLongNumber } from './long-number.ts'
import { findInternational, findNational } from './phone.ts'

/** Groups of digits with one mark (or a bracket and a blank) between, as numbers are written for people. */
export interface Groups {
  /** Filled part of the arrays. */
  count: number
  digits: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Code of the mark behind a group; two marks are the first times 256 and the second. */
  readonly marks: Int32Array
}

const mostGroups = 8
const longestGroup = 40
const groups: Groups = {
  count: 0,
  digits: 0,
  starts: new Int32Array(mostGroups),
  ends: new Int32Array(mostGroups),
  marks: new Int32Array(mostGroups),
}

/** At the first digit of a word. What it is shows in the shape of its groups; then a reader of that kind decides. */
export function findNumber(page: Page, place: number): void {
  // Behind a dot: the decimals of a number, or a later part of an address.
  if (place < page.digitsUntil || page.at(place - 1) === 46) return
  gather(page, place)
  const { count, digits } = groups
  const first = lengthOf(groups, 0)
  if (digits < 4) {
    // A day before the name of its month, or degrees before their sign.
    if (isDegree(page, place + first)) findCoordinates(page, place, groups)
    else if (first < 3) findDate(page, place, groups)
    return
  }
  const before = page.at(place - 1)
  if (before === 43 && digits > 6 && findInternational(page, place, groups)) return
  if (count > 3 && groups.marks[0] === 46 && first < 4 && findIpv4(page, place)) return
  if (first === 4 || first < 3) if (findDate(page, place, groups)) return
  if (first < 4 && (groups.marks[0] === 46 || isDegree(page, place + first)) && findCoordinates(page, place, groups))
    return
  if (digits < 7) return
  if (digits > 11 && findLongNumber(page, place, groups)) return
  findNational(page, place, groups)
}

/** ° (U+00B0) and its lookalike º (U+00BA). */
const isDegree = (page: Page, at: number): boolean =>
  page.at(at) === 0xc2 && (page.at(at + 1) === 0xb0 || page.at(at + 1) === 0xba)

export const lengthOf = ({ starts, ends }: Groups, at: number): number => (ends[at] ?? 0) - (starts[at] ?? 0)

function gather(page: Page, place: number): void {
  let at = place
  let count = 0
  let digits = 0
  for (;;) {
    groups.starts[count] = at
    const ceiling = at + longestGroup
    while (at < ceiling && isDigit(page.at(at))) at += 1
    digits += at - (groups.starts[count] ?? 0)
    groups.ends[count] = at
    groups.marks[count] = 0
    count += 1
    if (count === mostGroups || at === ceiling) break
    const mark = page.at(at)
    if (!isMark(mark)) break
    if (isDigit(page.at(at + 1))) {
      groups.marks[count - 1] = mark
      at += 1
    } else if (isPair(mark, page.at(at + 1)) && isDigit(page.at(at + 2))) {
      groups.marks[count - 1] = mark * 256 + page.at(at + 1)
      at += 2
    } else break
  }
  groups.count = count
  groups.digits = digits
}

/** Blank, bracket, hyphen, dot, slash. */
const isMark = (byte: number): boolean =>
  byte === 32 || byte === 45 || byte === 46 || byte === 47 || byte === 41 || byte === 40 || byte === 0xc2

/** `) `, ` (`, `)-`, and the blank that does not break (U+00A0). */
const isPair = (first: number, second: number): boolean =>
  (first === 41 && (second === 32 || second === 45)) ||
  (first === 32 && second === 40) ||
  (first === 0xc2 && second === 0xa0)

/** Strict IPv4 (RFC 6943 section 3.1.1), with what stands around it neither a longer number nor a name. */
function findIpv4(page: Page, place: number): boolean {
  for (let at = 0; at < 4; at += 1) {
    const start = groups.starts[at] ?? 0
    const length = lengthOf(groups, at)
    if (length > 3 || (length > 1 && page.at(start) === 48) || (at < 3 && groups.marks[at] !== 46)) return false
    if (length === 3 && octet(page, start) > 255) return false
  }
  const end = groups.ends[3] ?? 0
  const [before, after] = [page.at(place - 1), page.at(end)]
  if (isLetter(after) || after === 95 || (after === 46 && isDigit(page.at(end + 1)))) return false
  if (before === 46 || before === 95 || before === 45 || after === 64) return false
  page.digitsUntil = end
  page.hostUntil = Math.max(page.hostUntil, end)
  emitIpv4(page, place, end)
  return true
}

const octet = (page: Page, start: number): number =>
  (page.at(start) - 48) * 100 + (page.at(start + 1) - 48) * 10 + page.at(start + 2) - 48

function emitIpv4(page: Page, start: number, end: number): void {
  const normal = page.ascii(start, end)
  // `Firefox/1.2.3.4` and `v1.2.3.4` are versions of programs.
  const before = page.at(start - 1)
  const product = before === 47 && (isLetter(page.at(start - 2)) || isDigit(page.at(start - 2)))
  const version = before === 47 ? product && start - 1 >= page.urlUntil : before === 118 || before === 86
  const identifier: Identifier = version
    ? { kind: 'ip', normal, strength: 'weak', because: 'strict IPv4, but written like the version of a program' }
    : { kind: 'ip', normal, strength: 'form', because: 'strict IPv4' }
  page.emit(start, end, identifier, undefined, normal)
}
