import type { NameForms } from './name-forms.ts'
import { likeness, NameWords } from './name-words.ts'

/** Words of a name as numbers, and all of them written together. */
interface Words {
  readonly all: readonly number[]
  readonly joined: number
}

/** One way to read a name; where it says which word is the family's there is only one. */
interface Reading {
  readonly family: Words
  readonly given: Words
}

export interface PersonName {
  /** The usual way first. */
  readonly readings: readonly Reading[]
  /** Sr is 1, Jr and II are 2; null where nothing is said. */
  readonly generation: number | null
  /** A trailing I: an initial, or the first of that name where the other is the second. */
  readonly mayBeFirst: boolean
  readonly script: string
}

const generations: ReadonlyMap<string, number> = new Map([
  ...([
    ['sr', 1],
    ['senior', 1],
    ['jr', 2],
    ['jnr', 2],
    ['junior', 2],
    ['ii', 2],
    ['iii', 3],
    ['iv', 4],
  ] as const),
])
const titles: ReadonlySet<string> = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'sir'])
const scripts = ['Arabic', 'Cyrillic', 'Greek', 'Han', 'Hebrew'].map(
  (script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const,
)

/** Between "the same" and "different". */
export const nameLevels = [
  'the same names, in another order or more of them',
  'a known form of the given name',
  'spelled alike',
  'an initial that fits',
  'names that fit, and only one of them says a generation',
  'only one of the names is said, and it is the same',
  'the same given name, another family name',
  'the same family name, another given name',
  'of another generation',
] as const
const [inOrder, known, alike, initial, marked] = [0, 1, 2, 3, 4]
const [only, married, sibling, generation, different] = [5, 6, 7, 8, 9]
export const initialPlace = initial

/** Whole names of persons: their order, short forms, spellings, scripts, generations. */
export class PersonNames {
  readonly #words: NameWords

  constructor(forms: NameForms) {
    this.#words = new NameWords(forms)
  }

  /** Of a normal form: `family, given`, or words as they stand. */
  read(normal: string): PersonName {
    const [first = '', second = ''] = normal.split(', ', 2)
    let generation: number | null = null
    let mayBeFirst = false
    const wordsOf = (part: string): string[] => {
      const words = part.split(' ').filter((word) => word !== '' && !titles.has(word))
      const last = words.at(-1) ?? ''
      const marked = words.length > 1 || second !== '' ? generations.get(last) : undefined
      if (marked !== undefined) {
        generation = marked
        words.pop()
      } else if (last === 'i' && words.length > 1) mayBeFirst = true
      return words
    }
    const [family, given] = [wordsOf(first), wordsOf(second)]
    const loose = [...family, ...given]
    const ways: readonly (readonly [string[], string[]])[] =
      family.length > 0 && given.length > 0
        ? [[family, given]]
        : loose.length < 2
          ? [[[], loose]]
          : [
              [loose.slice(-1), loose.slice(0, -1)],
              [loose.slice(0, 1), loose.slice(1)],
            ]
    return {
      readings: ways.map(([family, given]) => ({ family: this.#numbered(family), given: this.#numbered(given) })),
      ...{ generation, mayBeFirst },
      script: /^[\x20-\x7e]*$/.test(normal) ? 'Latin' : scriptOf(normal),
    }
  }

  #numbered(words: readonly string[]): Words {
    return { all: words.map((word) => this.#words.number(word)), joined: this.#words.number(words.join('')) }
  }

  /** The place in `nameLevels`, 9 for different, or -1 where the two stand in scripts that cannot be compared. */
  level(one: PersonName, other: PersonName): number {
    if (one.script !== other.script && !areComparable(one.script, other.script)) return -1
    let best = different
    one.readings.forEach((a, first) => {
      other.readings.forEach((b, second) => {
        const straight = this.#level(a.family, a.given, b.family, b.given)
        if (straight < best && (straight <= initial || first + second === 0)) best = straight
        if (best === inOrder) return
        // Which name is the family's is mistaken now and then; then all of it must fit.
        for (const turned of [
          this.#level(a.family, a.given, b.given, b.family),
          this.#level(b.family, b.given, a.given, a.family),
        ])
          if (turned <= alike && turned < best) best = turned === known ? alike : turned
      })
    })
    if (best > initial) return best
    if (isOtherGeneration(one, other)) return generation
    // Sr and Jr are written where there are two of the name.
    return (one.generation === null) === (other.generation === null) ? best : marked
  }

  #level(family: Words, given: Words, otherFamily: Words, otherGiven: Words): number {
    if (
      family.all.length === 0 ||
      otherFamily.all.length === 0 ||
      given.all.length === 0 ||
      otherGiven.all.length === 0
    )
      return this.#lone(family, given, otherFamily, otherGiven)
    const families = this.#families(family, otherFamily)
    const givens = this.#givens(given, otherGiven)
    if (families === likeness.none) return givens <= likeness.known ? married : different
    if (givens === likeness.none) return sibling
    if (givens === likeness.initial) return families === likeness.same ? initial : different
    if (families === likeness.alike || givens === likeness.alike) return alike
    return givens === likeness.known ? known : inOrder
  }

  /** One of the two says a single name: it is either of the other's. */
  #lone(family: Words, given: Words, otherFamily: Words, otherGiven: Words): number {
    const isSingle = family.all.length === 0 || given.all.length === 0
    const [single, whole] = isSingle
      ? [family.all.length === 0 ? given : family, [otherFamily, otherGiven]]
      : [otherFamily.all.length === 0 ? otherGiven : otherFamily, [family, given]]
    const others = whole.filter(({ all }) => all.length > 0)
    const best = Math.min(likeness.none, ...others.map((each) => this.#givens(single, each)))
    if (others.length < 2)
      return best === likeness.same
        ? inOrder
        : best <= likeness.alike
          ? alike
          : best === likeness.initial
            ? only
            : different
    return best <= likeness.alike ? only : different
  }

  /** Of several family names some may be left out; an initial among them says nothing. */
  #families(one: Words, other: Words): number {
    const joined = this.#words.of(one.joined, other.joined)
    if (joined === likeness.same) return joined
    let best: number = likeness.none
    for (const word of one.all) {
      if (this.#words.isInitial(word)) continue
      for (const another of other.all) {
        if (word === another) return likeness.same
        if (!this.#words.isInitial(another) && this.#words.of(word, another) === likeness.alike) best = likeness.alike
      }
    }
    return joined === likeness.alike ? joined : best
  }

  /** By the first given name; else one of the two may be called by another one of the names. */
  #givens(one: Words, other: Words): number {
    const joined = this.#words.of(one.joined, other.joined)
    if (joined === likeness.same) return joined
    const first = this.#words.of(one.all[0] ?? -1, other.all[0] ?? -1)
    if (first !== likeness.none) return first
    const isOther = one.all.some((word) => !this.#words.isInitial(word) && other.all.includes(word))
    return joined === likeness.alike || isOther ? likeness.alike : likeness.none
  }
}

const scriptOf = (text: string): string =>
  scripts.find(([, form]) => form.test(text))?.[0] ?? (/\p{Script=Latin}|^\P{L}*$/u.test(text) ? 'Latin' : 'another')

const areComparable = (one: string, other: string): boolean =>
  (one === 'Latin' && other === 'Arabic') || (one === 'Arabic' && other === 'Latin')

function isOtherGeneration(one: PersonName, other: PersonName): boolean {
  if (one.generation !== null && other.generation !== null) return one.generation !== other.generation
  return (one.mayBeFirst && (other.generation ?? 0) > 1) || (other.mayBeFirst && (one.generation ?? 0) > 1)
}
