import { type Letters, leastEdits, lengthOf } from './letters.ts'

const longest = 256

/**
 * Edit distances with a bound, for one thread: what is surely farther apart than `most` is told from lengths and letters
 * before anything is counted. Beyond the bound the answer is `most + 1`.
 */
export class EditDistance {
  readonly #letters: Letters
  readonly #rows = [new Uint16Array(longest + 1), new Uint16Array(longest + 1), new Uint16Array(longest + 1)] as const
  /** Myers' bit vectors of the letters of one text, by the low bits of the unit. */
  readonly #bits = new Int32Array(65_536)

  constructor(letters: Letters) {
    this.#letters = letters
  }

  #isFar(one: number, other: number, most: number): boolean {
    const difference = Math.abs(lengthOf(this.#letters, one) - lengthOf(this.#letters, other))
    return difference > most || leastEdits(this.#letters, one, other) > most
  }

  /** Insertions, deletions, replacements: Myers 1999 in one word up to 32 units, row by row beyond. */
  levenshtein(one: number, other: number, most: number): number {
    if (this.#isFar(one, other, most)) return most + 1
    const length = lengthOf(this.#letters, one)
    const distance = length > 0 && length <= 32 ? this.#myers(one, other) : this.#byRows(one, other, false)
    return Math.min(distance, most + 1)
  }

  /** With swaps of neighbours, each letter touched once (optimal string alignment). */
  swapped(one: number, other: number, most: number): number {
    if (this.#isFar(one, other, most)) return most + 1
    return most === 1 || most === 2
      ? this.#upToTwo(one, other, most)
      : Math.min(this.#byRows(one, other, true), most + 1)
  }

  /** What is left between the common beginning and the common end tells at once whether it is 0 or 1. */
  #upToTwo(one: number, other: number, most: number): number {
    const { units, starts } = this.#letters
    let a = starts[one] ?? 0
    let b = starts[other] ?? 0
    let endA = a + Math.min(longest, lengthOf(this.#letters, one))
    let endB = b + Math.min(longest, lengthOf(this.#letters, other))
    while (a < endA && b < endB && units[a] === units[b]) {
      a++
      b++
    }
    while (a < endA && b < endB && units[endA - 1] === units[endB - 1]) {
      endA--
      endB--
    }
    const left = Math.max(endA - a, endB - b)
    if (left <= 1) return left
    const isSwap = endA - a === 2 && endB - b === 2 && units[a] === units[b + 1] && units[a + 1] === units[b]
    if (isSwap) return 1
    return most === 1 || left === 2 ? 2 : Math.min(this.#between(a, endA - a, b, endB - b, true), most + 1)
  }

  #myers(one: number, other: number): number {
    const { units, starts } = this.#letters
    const bits = this.#bits
    const [a, lengthA] = [starts[one] ?? 0, lengthOf(this.#letters, one)]
    const [b, lengthB] = [starts[other] ?? 0, lengthOf(this.#letters, other)]
    for (let i = 0; i < lengthA; i++) {
      const unit = units[a + i] ?? 0
      bits[unit] = (bits[unit] ?? 0) | (1 << i)
    }
    const last = 1 << (lengthA - 1)
    let up = -1
    let down = 0
    let distance = lengthA
    for (let j = 0; j < lengthB; j++) {
      let match = bits[units[b + j] ?? 0] ?? 0
      const vertical = match | down
      match |= (((match & up) + up) ^ up) | 0
      let rise = down | ~(match | up)
      let fall = up & match
      if ((rise & last) !== 0) distance++
      if ((fall & last) !== 0) distance--
      rise = (rise << 1) | 1
      fall <<= 1
      up = fall | ~(vertical | rise)
      down = rise & vertical
    }
    for (let i = 0; i < lengthA; i++) bits[units[a + i] ?? 0] = 0
    return distance
  }

  #byRows(one: number, other: number, withSwaps: boolean): number {
    const { starts } = this.#letters
    const [lengthA, lengthB] = [lengthOf(this.#letters, one), lengthOf(this.#letters, other)]
    const [a, b] = [starts[one] ?? 0, starts[other] ?? 0]
    return this.#between(a, Math.min(longest, lengthA), b, Math.min(longest, lengthB), withSwaps)
  }

  #between(a: number, lengthA: number, b: number, lengthB: number, withSwaps: boolean): number {
    const { units } = this.#letters
    let [before, last, now]: Uint16Array[] = [...this.#rows]
    if (before === undefined || last === undefined || now === undefined) return 0
    for (let j = 0; j <= lengthB; j++) last[j] = j
    for (let i = 1; i <= lengthA; i++) {
      now[0] = i
      const unit = units[a + i - 1]
      const earlier = units[a + i - 2]
      for (let j = 1; j <= lengthB; j++) {
        const replaced = (last[j - 1] ?? 0) + (unit === units[b + j - 1] ? 0 : 1)
        let least = Math.min(replaced, (last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1)
        if (withSwaps && i > 1 && j > 1 && unit === units[b + j - 2] && earlier === units[b + j - 1]) {
          least = Math.min(least, (before[j - 2] ?? 0) + 1)
        }
        now[j] = least
      }
      const free: Uint16Array = before
      before = last
      last = now
      now = free
    }
    return last[lengthB] ?? 0
  }
}
