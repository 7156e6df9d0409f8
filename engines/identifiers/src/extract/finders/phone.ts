import { readPhone } from '../../phone.ts'
import { isDigit, isLetter, isWordByte } from '../bytes.ts'
import { contextBefore } from '../context.ts'
import type { Page } from '../page.ts'
import { type Groups, lengthOf } from './numbers.ts'

const mostDigits = 15

/** Behind a `+`: the longest row of groups that a numbering plan knows, at most 15 digits (ITU-T E.164). */
export function findInternational(page: Page, place: number, groups: Groups): boolean {
  if (!page.wants('phone') || isWordByte(page.at(place - 2)) || page.at(place) === 48) return false
  const reach = within(groups, mostDigits)
  let possible: { end: number; reading: ReturnType<typeof readPhone> } | null = null
  for (let count = reach; count > 0; count -= 1) {
    const end = groups.ends[count - 1] ?? 0
    if (digitsIn(groups, count) < 7) break
    const reading = readPhone(page.text(place - 1, end))
    if (!reading.ok) continue
    if (reading.value.identifier.strength === 'checksum') {
      possible = { end, reading }
      break
    }
    possible ??= { end, reading }
  }
  if (possible === null || !possible.reading.ok || isWordByte(page.at(possible.end))) return false
  page.digitsUntil = possible.end
  page.hostUntil = Math.max(page.hostUntil, possible.end)
  page.emit(place - 1, possible.end, possible.reading.value.identifier)
  return true
}

function within(groups: Groups, most: number): number {
  let sum = 0
  for (let at = 0; at < groups.count; at += 1) {
    sum += lengthOf(groups, at)
    if (sum > most) return at
  }
  return groups.count
}

function digitsIn(groups: Groups, count: number): number {
  let sum = 0
  for (let at = 0; at < count; at += 1) sum += lengthOf(groups, at)
  return sum
}

/** Without calling code: written as people write numbers, or after a word that says so. Weak, as no country is guessed. */
export function findNational(page: Page, place: number, groups: Groups): void {
  if (!page.wants('phone') && page.countries.length === 0) return
  const before = page.at(place - 1)
  if (
    before === 46 ||
    before === 45 ||
    before === 47 ||
    before === 35 ||
    before === 61 ||
    before === 95 ||
    before === 36
  ) {
    if (!(before === 61 || before === 45) || isWordByte(page.at(place - 2)) === (before === 45)) return
  }
  const shaped = shapedCount(page, place, groups)
  // Six groups and more are a list.
  if (shaped === 0 && groups.count > 5) return
  const last = shaped > 0 ? shaped : within(groups, mostDigits)
  const end = groups.ends[last - 1] ?? 0
  if (last === 0 || digitsIn(groups, last) < 7 || isLetter(page.at(end)) || isHigherPart(page, end)) return
  const context = contextBefore(page, place)
  const named = context?.topic === 'phone'
  if (!named && (shaped === 0 || context?.topic === 'other')) return
  if (!named && groups.count === 1 && page.at(place) !== 48) return
  const start = before === 40 ? place - 1 : place
  if (emitNumber(page, start, end, named ? [context.word] : [])) {
    page.digitsUntil = end
    page.hostUntil = Math.max(page.hostUntil, end)
  }
}

const isHigherPart = (page: Page, end: number): boolean =>
  (page.at(end) === 46 || page.at(end) === 45 || page.at(end) === 47 || page.at(end) === 58) &&
  isDigit(page.at(end + 1))

function emitNumber(page: Page, start: number, end: number, context: readonly string[]): boolean {
  const text = page.text(start, end)
  const found = new Set<string>()
  for (const country of page.countries) {
    const reading = readPhone(text, country)
    if (!reading.ok || !reading.value.identifier.because.startsWith('in the numbering plan')) continue
    // With an international prefix several countries read the same number.
    if (found.has(reading.value.identifier.normal)) continue
    found.add(reading.value.identifier.normal)
    page.emit(start, end, reading.value.identifier, context)
  }
  const plain = found.size > 0 ? null : readPhone(text)
  if (plain?.ok !== true) return found.size > 0
  const { identifier } = plain.value
  const because = `${identifier.because}; ${context.length === 0 ? 'grouped like a phone number' : 'named as a phone number'}`
  page.emit(start, end, { ...identifier, because }, context)
  return true
}

/** How many groups make up a number by their shape: North America 3-3-4, or a leading 0 and 9 to 12 digits; else 0. */
function shapedCount(page: Page, place: number, groups: Groups): number {
  const { count, marks } = groups
  const [first, second, third, fourth] = [0, 1, 2, 3].map((at) => lengthOf(groups, at))
  const same = marks[0] === marks[1] || page.at(place - 1) === 40
  if (count > 2 && first === 3 && second === 3 && third === 4 && same && page.at(place) > 49) return 3
  if (count > 3 && first === 1 && page.at(place) === 49 && second === 3 && third === 3 && fourth === 4) return 4
  if (page.at(place) !== 48) return 0
  let sum = 0
  for (let at = 0; at < count; at += 1) {
    sum += lengthOf(groups, at)
    const mark = marks[at] ?? 0
    const ends = at === count - 1 || mark !== (marks[0] ?? 0)
    if (
      sum >= 9 &&
      sum <= 16 &&
      (ends || sum > 10) &&
      (at > 0 || sum === 10 || sum === 11 || page.at(place + 1) === 48)
    )
      return at + 1
    if (sum > 16) return 0
  }
  return 0
}
