import { consonantsOf, isArabic } from './abjad.ts'
import type { NameForms } from './name-forms.ts'
import { slips } from './slips.ts'
import { soundOf } from './sound.ts'

/** How two words of names can be one name; the lowest is the likest. */
export const likeness = { same: 0, known: 1, alike: 2, initial: 3, none: 4 } as const

/** Pairs of words whose likeness is remembered: a power of two. */
const remembered = 1 << 15

/** Words of names by their numbers: each is looked at once, and what two of them have in common is remembered. */
export class NameWords {
  readonly #forms: NameForms
  readonly #numbers = new Map<string, number>()
  readonly #texts: string[] = []
  readonly #sounds: string[] = []
  readonly #known = new Int32Array(3 * remembered).fill(-1)

  constructor(forms: NameForms) {
    this.#forms = forms
  }

  number(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#texts.push(text) - 1
    this.#sounds.push(isArabic(text) ? '' : soundOf(text))
    this.#numbers.set(text, number)
    return number
  }

  isInitial(number: number): boolean {
    return (this.#texts[number] ?? '').length === 1
  }

  of(first: number, second: number): number {
    if (first === second) return likeness.same
    const [one, other] = first < second ? [first, second] : [second, first]
    // Multiplicative hashing (Knuth 6.4); whoever comes later takes the place.
    const mixed = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b)
    const at = 3 * ((mixed ^ (mixed >>> 15)) & (remembered - 1))
    if (this.#known[at] === one && this.#known[at + 1] === other) return this.#known[at + 2] ?? likeness.none
    const found = this.#compare(one, other)
    this.#known[at] = one
    this.#known[at + 1] = other
    this.#known[at + 2] = found
    return found
  }

  #compare(first: number, second: number): number {
    const [one, other] = [this.#texts[first] ?? '', this.#texts[second] ?? '']
    if (one === '' || other === '') return likeness.none
    if (one.length === 1) return this.#forms.fitsInitial(other, one) ? likeness.initial : likeness.none
    if (other.length === 1) return this.#forms.fitsInitial(one, other) ? likeness.initial : likeness.none
    if (this.#forms.areOne(one, other)) return likeness.known
    return this.#areAlike(first, second) ? likeness.alike : likeness.none
  }

  /**
   * One letter of four may be a slip, two at most, or the sound is the same. A common beginning is not enough: many names begin alike and are
   * names of their own (Anna and Annabelle).
   */
  #areAlike(first: number, second: number): boolean {
    const [one, other] = [this.#texts[first] ?? '', this.#texts[second] ?? '']
    if (isArabic(one) || isArabic(other)) {
      const consonants = consonantsOf(one)
      return consonants.length >= 2 && consonants === consonantsOf(other)
    }
    const shorter = Math.min(one.length, other.length)
    if (shorter < 3 || Math.abs(one.length - other.length) > 3) return false
    const isOneSound = this.#sounds[first] === this.#sounds[second]
    const few = Math.min(2, Math.floor(shorter / 4))
    return slips(one, other, isOneSound ? 3 : few) <= (isOneSound ? 3 : few)
  }
}
