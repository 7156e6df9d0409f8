import { stemOf } from '../blocking/keys.ts'
import type { FieldKind } from '../table/field.ts'
import { addressLevel, addressLevels, readAddress } from '../text/address.ts'
import { EditDistance } from '../text/edit-distance.ts'
import { JaroWinkler } from '../text/jaro-winkler.ts'
import { hasNone, type Letters, lengthOf, sameFrom, sameUpTo, startsAlike, textAt } from '../text/letters.ts'
import { englishForms, type NameForms } from '../text/name-forms.ts'
import { nameLevels, PersonNames } from '../text/person-name.ts'

/** How alike two values are, from the same (1) to different (the last); 0 is kept for "not said". */
export interface Levels {
  /** In words for an officer; the first is "not said". */
  readonly names: readonly string[]
  /** Level of two values of one column. */
  of(one: number, other: number): number
}

export const notSaid = 0
export const same = 1

/** What is made of a value once it is asked for: columns may grow, and most values are never compared but as the same. */
function onDemand<T>(make: (value: number) => T): (value: number) => T {
  const made: (T | undefined)[] = []
  return (value) => {
    const known = made[value]
    if (known !== undefined) return known
    const fresh = make(value)
    made[value] = fresh
    return fresh
  }
}

export function levelsOf(kind: FieldKind, letters: Letters, forms?: NameForms): Levels {
  const levels = makers[kind](letters, forms)
  const of = dear.has(kind) ? remembering(levels.of) : levels.of
  return {
    names: ['not said', 'the same', ...levels.names, 'different'],
    of: (one, other) => (one === other ? same : of(one, other)),
  }
}

/** Kinds whose comparison costs more than looking it up; common names and places meet again and again. */
const dear: ReadonlySet<FieldKind> = new Set(['full name', 'place', 'address', 'postal address', 'organisation'])
/** Pairs of values whose level is remembered: a power of two. */
const remembered = 1 << 13

function remembering(of: Levels['of']): Levels['of'] {
  // One value, the other, their level: side by side, so that a look costs one line of the cache.
  const known = new Int32Array(4 * remembered).fill(-1)
  return (one, other) => {
    // Multiplicative hashing (Knuth 6.4); whoever comes later takes the place.
    const mixed = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b)
    const at = 4 * ((mixed ^ (mixed >>> 15)) & (remembered - 1))
    if (known[at] === one && known[at + 1] === other) return known[at + 2] ?? notSaid
    const level = of(one, other)
    known[at] = one
    known[at + 1] = other
    known[at + 2] = level
    return level
  }
}

/** Between "the same" and "different": their names, and a level from 2 on. */
type Maker = (
  letters: Letters,
  forms?: NameForms,
) => { readonly names: readonly string[]; of(one: number, other: number): number }

const name: Maker = (letters) => {
  const distance = new EditDistance(letters)
  const alike = new JaroWinkler(letters)
  return {
    names: ['one slip apart', 'much alike', 'alike', 'an initial or a short form'],
    of(one, other) {
      const shorter = Math.min(lengthOf(letters, one), lengthOf(letters, other))
      if (shorter >= 4) {
        if (distance.swapped(one, other, 1) === 1) return 2
        const similarity = alike.similarity(one, other, 0.84)
        if (similarity >= 0.84) return similarity >= 0.92 ? 3 : 4
      }
      return shorter > 0 && startsAlike(letters, one, other, shorter) ? 5 : 6
    },
  }
}

/** Names of persons as a whole: order, short forms, spellings, scripts, generations. */
const fullName: Maker = (letters, forms = englishForms) => {
  const names = new PersonNames(forms)
  const read = onDemand((value) => names.read(textAt(letters, value)))
  return { names: nameLevels, of: (one, other) => placed(names.level(read(one), read(other))) }
}

/** Part by part: the same street with another number is another house. */
const postalAddress: Maker = (letters) => {
  const addresses = onDemand((value) => readAddress(textAt(letters, value)))
  return { names: addressLevels, of: (one, other) => placed(addressLevel(addresses(one), addresses(other))) }
}

/** What cannot be compared counts as not said. */
const placed = (place: number): number => (place < 0 ? notSaid : place + 2)

const organisation: Maker = (letters) => {
  const alike = new JaroWinkler(letters)
  const words = onDemand((value) => [...new Set(textAt(letters, value).split(' '))])
  return {
    names: ['the same words', 'one has words more', 'much alike', 'alike'],
    of(one, other) {
      const [a, b] = [words(one), words(other)]
      const shared = a.filter((word) => b.includes(word)).length
      if (shared === a.length && shared === b.length) return 2
      if (shared >= 2 && shared === Math.min(a.length, b.length)) return 3
      const similarity = alike.similarity(one, other, 0.84)
      return similarity >= 0.92 ? 4 : similarity >= 0.84 || shared >= 2 ? 5 : 6
    },
  }
}

const date: Maker = (letters) => {
  const distance = new EditDistance(letters)
  /** The number that the first four digits make; fewer make a smaller one. */
  const year = (value: number): number => {
    const { units, starts } = letters
    const start = starts[value] ?? 0
    let number = 0
    for (let at = start; at < Math.min(start + 4, starts[value + 1] ?? 0); at++)
      number = number * 10 + (units[at] ?? 0) - 48
    return number
  }
  return {
    names: ['day and month swapped', 'one slip apart', 'the same month and year', 'the same year', 'within ten years'],
    of(one, other) {
      const isWhole = lengthOf(letters, one) === 8 && lengthOf(letters, other) === 8
      if (isWhole && startsAlike(letters, one, other, 4)) {
        if (sameFrom(letters, one, 4, other, 6, 2) && sameFrom(letters, one, 6, other, 4, 2)) return 2
        if (distance.swapped(one, other, 1) === 1) return 3
        return sameFrom(letters, one, 4, other, 4, 2) ? 4 : 5
      }
      // A year alone.
      if (Math.min(lengthOf(letters, one), lengthOf(letters, other)) === 4 && startsAlike(letters, one, other, 4))
        return 5
      if (distance.swapped(one, other, 1) === 1) return 3
      return Math.abs(year(one) - year(other)) <= 10 ? 6 : 7
    },
  }
}

const email: Maker = (letters) => {
  const alike = new JaroWinkler(letters)
  return {
    names: ['the same before the @', 'much alike'],
    of(one, other) {
      if (sameUpTo(letters, one, other, 64) >= 4) return 2
      return alike.similarity(one, other, 0.92) >= 0.92 ? 3 : 4
    },
  }
}

/** Prefixes of countries have one to three digits (ITU-T E.164); 00 and the 0 of a trunk may stand before. */
const isPrefixed = (long: string, short: string): boolean => {
  const national = short.replace(/^0/, '')
  return (
    national.length >= 8 &&
    long.length > national.length &&
    long.length <= national.length + 5 &&
    long.endsWith(national)
  )
}

const digits: Maker = (letters) => {
  const distance = new EditDistance(letters)
  const text = onDemand((value) => textAt(letters, value))
  return {
    names: ['the same but for the prefix of the country', 'the same last seven', 'one slip apart'],
    of(one, other) {
      const [a, b] = [lengthOf(letters, one), lengthOf(letters, other)]
      if (a !== b && isPrefixed(text(a > b ? one : other), text(a > b ? other : one))) return 2
      if (a >= 7 && b >= 7 && sameFrom(letters, one, a - 7, other, b - 7, 7)) return 3
      return distance.swapped(one, other, 1) === 1 ? 4 : 5
    },
  }
}

const postcode: Maker = (letters) => {
  const distance = new EditDistance(letters)
  return {
    names: ['one slip apart', 'the same but for the last part', 'two slips apart', 'the same beginning'],
    of(one, other) {
      const [a, b] = [lengthOf(letters, one), lengthOf(letters, other)]
      const slips = distance.swapped(one, other, 2)
      if (slips === 1) return 2
      if (a > 4 && a === b && startsAlike(letters, one, other, a - 2)) return 3
      if (slips === 2) return 4
      return Math.min(a, 3) === Math.min(b, 3) && startsAlike(letters, one, other, Math.min(a, 3)) ? 5 : 6
    },
  }
}

const place: Maker = (letters) => {
  const alike = new JaroWinkler(letters)
  const words = onDemand((value) => textAt(letters, value).split(' '))
  const isWord = (value: number): boolean => hasNone(letters, value, 32)
  return {
    names: ['much alike', 'shares most of its words or is alike'],
    of(one, other) {
      const similarity = alike.similarity(one, other, 0.84)
      if (similarity >= 0.92) return 2
      if (similarity >= 0.84) return 3
      if (isWord(one) && isWord(other)) return 4
      const [a, b] = [words(one), words(other)]
      const shared = a.filter((word) => b.includes(word)).length
      return shared > 0 && shared * 2 >= Math.min(a.length, b.length) ? 3 : 4
    },
  }
}

/** Names that people give themselves: the same one is taken elsewhere, and gets a number or a dot. */
const username: Maker = (letters) => {
  const alike = new JaroWinkler(letters)
  const bare = onDemand((value) => textAt(letters, value).replace(/[^\p{L}\p{N}]/gu, ''))
  const stem = onDemand((value) => stemOf(textAt(letters, value)))
  return {
    names: ['the same but for dots and dashes', 'the same with other digits', 'much alike'],
    of(one, other) {
      if (bare(one) !== '' && bare(one) === bare(other)) return 2
      if (stem(one) !== '' && stem(one) === stem(other)) return 3
      return alike.similarity(one, other, 0.92) >= 0.92 ? 4 : 5
    },
  }
}

const identifier: Maker = (letters) => {
  const distance = new EditDistance(letters)
  return {
    names: ['one slip apart', 'two slips apart'],
    of: (one, other) => 1 + Math.max(1, Math.min(3, distance.swapped(one, other, 2))),
  }
}

const category: Maker = () => ({ names: [], of: () => 2 })

const makers: Readonly<Record<FieldKind, Maker>> = {
  name,
  'full name': fullName,
  'postal address': postalAddress,
  organisation,
  date,
  email,
  phone: digits,
  postcode,
  address: place,
  place,
  username,
  identifier,
  category,
}
