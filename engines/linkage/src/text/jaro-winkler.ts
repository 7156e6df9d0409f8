import { bitCount, type Letters, lengthOf } from './letters.ts'

const longest = 256
const prefixWeight = 0.1
const prefixMost = 4
/** Winkler's boost is given only to texts that are alike already. */
const boostFrom = 0.7

/**
 * Jaro's similarity with Winkler's prefix (Winkler 1990), 0 to 1. Texts beyond 256 units are compared by their first 256.
 * One comparer keeps its own marks: it is for one thread.
 */
export class JaroWinkler {
  readonly #letters: Letters
  readonly #taken = new Uint8Array(longest)
  readonly #matched = new Uint16Array(longest)

  constructor(letters: Letters) {
    this.#letters = letters
  }

  /** 0 where it is surely below `least`, as the first letters and those that only one of the two has tell. */
  similarity(one: number, other: number, least = 0): number {
    const { units, starts } = this.#letters
    const [lengthOne, lengthOther] = [lengthOf(this.#letters, one), lengthOf(this.#letters, other)]
    if (lengthOne === 0 || lengthOther === 0) return lengthOne === lengthOther ? 1 : 0
    const prefix = this.#prefix(one, other, Math.min(prefixMost, lengthOne, lengthOther))
    if (least > 0 && this.#atMost(one, other, prefix) < least) return 0
    const [short, long] = this.#isFirst(one, other) ? [one, other] : [other, one]
    const a = starts[short] ?? 0
    const b = starts[long] ?? 0
    const lengthA = Math.min(longest, lengthOf(this.#letters, short))
    const lengthB = Math.min(longest, lengthOf(this.#letters, long))
    const window = Math.max(0, (lengthB >> 1) - 1)
    const taken = this.#taken
    const matched = this.#matched
    taken.fill(0, 0, lengthB)
    let matches = 0
    for (let i = 0; i < lengthA; i++) {
      const unit = units[a + i]
      const end = Math.min(lengthB, i + window + 1)
      for (let j = Math.max(0, i - window); j < end; j++) {
        if (taken[j] === 0 && units[b + j] === unit) {
          taken[j] = 1
          matched[matches++] = unit ?? 0
          break
        }
      }
    }
    if (matches === 0) return 0
    let crossed = 0
    for (let j = 0, next = 0; j < lengthB; j++) {
      if (taken[j] === 1 && units[b + j] !== matched[next++]) crossed++
    }
    const jaro = (matches / lengthA + matches / lengthB + (matches - (crossed >> 1)) / matches) / 3
    return jaro <= boostFrom ? jaro : jaro + prefix * prefixWeight * (1 - jaro)
  }

  #prefix(one: number, other: number, most: number): number {
    const { units, starts } = this.#letters
    const [a, b] = [starts[one] ?? 0, starts[other] ?? 0]
    let prefix = 0
    while (prefix < most && units[a + prefix] === units[b + prefix]) prefix++
    return prefix
  }

  /** Letters that one of the two lacks match nothing; what is beyond the units compared may hide some, and promises all. */
  #atMost(one: number, other: number, prefix: number): number {
    const { masks } = this.#letters
    const [a, b] = [lengthOf(this.#letters, one), lengthOf(this.#letters, other)]
    if (Math.max(a, b) > longest) return 1
    const [ofOne, ofOther] = [masks[one] ?? 0, masks[other] ?? 0]
    const matches = Math.min(a - bitCount(ofOne & ~ofOther), b - bitCount(ofOther & ~ofOne))
    const jaro = (matches / a + matches / b + 1) / 3
    return jaro + prefix * prefixWeight * (1 - jaro)
  }

  /** Matches are taken greedily, so the answer depends on which text is walked: the shorter, then the one that sorts first. */
  #isFirst(one: number, other: number): boolean {
    const { units, starts } = this.#letters
    const length = lengthOf(this.#letters, one)
    const difference = length - lengthOf(this.#letters, other)
    if (difference !== 0) return difference < 0
    const [a, b] = [starts[one] ?? 0, starts[other] ?? 0]
    for (let place = 0; place < length; place++) {
      const order = (units[a + place] ?? 0) - (units[b + place] ?? 0)
      if (order !== 0) return order < 0
    }
    return true
  }
}
