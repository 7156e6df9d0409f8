import { type Expression, isOneWord, type WordExpression, wordsIn } from './expression.ts'
import type { LiteralSet, Words } from './words.ts'

/** An expression whose words are numbers of literals. Alternatives of one word are one set. */
export type Compiled =
  | { readonly is: 'words'; readonly set: LiteralSet }
  | { readonly is: 'number'; readonly from: number; readonly to: number }
  | { readonly is: 'gap'; readonly most: number }
  | { readonly is: 'sequence'; readonly items: readonly Compiled[] }
  | { readonly is: 'either'; readonly options: readonly Compiled[]; readonly mayLack: boolean }

export type SetOf = (words: readonly WordExpression[]) => LiteralSet

export function compile(expression: Expression, setOf: SetOf): Compiled {
  switch (expression.is) {
    case 'word':
      return { is: 'words', set: setOf([expression]) }
    case 'number':
    case 'gap':
      return expression
    case 'sequence':
      return { is: 'sequence', items: expression.items.map((item) => compile(item, setOf)) }
    case 'either': {
      if (isOneWord(expression)) return { is: 'words', set: setOf(wordsIn(expression)) }
      const single = expression.options.filter(isOneWord).flatMap(wordsIn)
      const together: Compiled[] = single.length === 0 ? [] : [{ is: 'words', set: setOf(single) }]
      const longer = expression.options.filter((option) => !isOneWord(option))
      return {
        is: 'either',
        options: [...together, ...longer.map((option) => compile(option, setOf))],
        mayLack: expression.mayLack,
      }
    }
  }
}

/**
 * Where a match may end, as an array over the places between words `from` to `to`: at each the word where that match
 * begins, or -1. Every form goes over the places once, so the whole takes (forms x words) steps, whatever the text is.
 */
export class Matcher {
  steps = 0
  readonly #words: Words
  /** Arrays no longer in use, for the next form. */
  readonly #free: Int32Array[] = []

  constructor(words: Words) {
    this.#words = words
  }

  /** Null when nothing ends anywhere; else at least as long as there are places. */
  ends(what: Compiled, from: number, to: number): Int32Array | null {
    const size = to - from + 1
    const begun = this.#take(size)
    for (let at = 0; at < size; at++) begun[at] = from + at
    const places = this.#after(what, from, begun, size)
    this.done(begun)
    return places
  }

  /** What `ends` gave is no longer needed. */
  done(places: Int32Array): void {
    this.#free.push(places)
  }

  #take(size: number): Int32Array {
    const free = this.#free.pop()
    return free !== undefined && free.length >= size ? free : new Int32Array(Math.max(size, 64))
  }

  /** Always an array of its own. */
  #after(what: Compiled, from: number, begun: Int32Array, size: number): Int32Array | null {
    this.steps += size
    switch (what.is) {
      case 'words':
        return this.#oneOf(what.set, from, begun, size)
      case 'number':
        return this.#number(what.from, what.to, from, begun, size)
      case 'gap':
        return this.#widened(what.most, begun, size)
      case 'sequence':
        return this.#allOf(what.items, from, begun, size)
      case 'either':
        return this.#either(what.options, what.mayLack, from, begun, size)
    }
  }

  #oneOf(set: LiteralSet, from: number, begun: Int32Array, size: number): Int32Array | null {
    const places = this.#take(size)
    let last = -1
    places[0] = -1
    for (let at = 0; at + 1 < size; at++) {
      const began = begun[at] ?? -1
      const one = began >= 0 && this.#words.isOneOf(from + at, set) ? began : -1
      places[at + 1] = one
      last = Math.max(last, one)
    }
    return this.#unlessNone(places, last)
  }

  #number(least: number, most: number, from: number, begun: Int32Array, size: number): Int32Array | null {
    const places = this.#take(size)
    let last = -1
    places[0] = -1
    for (let at = 0; at + 1 < size; at++) {
      const value = this.#words.numberOf(from + at)
      const one = value >= least && value <= most ? (begun[at] ?? -1) : -1
      places[at + 1] = one
      last = Math.max(last, one)
    }
    return this.#unlessNone(places, last)
  }

  /** The nearest place before, at most `most` words back. */
  #widened(most: number, begun: Int32Array, size: number): Int32Array {
    const places = this.#take(size)
    let last = -1
    for (let at = 0; at < size; at++) {
      if ((begun[at] ?? -1) >= 0) last = at
      places[at] = last >= 0 && at - last <= most ? (begun[last] ?? -1) : -1
    }
    return places
  }

  /** Most places are left at the first item: with nothing begun, nothing more is looked at. */
  #allOf(items: readonly Compiled[], from: number, begun: Int32Array, size: number): Int32Array | null {
    let places: Int32Array | null = begun
    for (const item of items) {
      const before: Int32Array = places
      places = this.#after(item, from, before, size)
      if (before !== begun) this.done(before)
      if (places === null) return null
    }
    return places
  }

  #either(
    options: readonly Compiled[],
    mayLack: boolean,
    from: number,
    begun: Int32Array,
    size: number,
  ): Int32Array | null {
    const places = this.#take(size)
    let last = mayLack ? 0 : -1
    for (let at = 0; at < size; at++) places[at] = mayLack ? (begun[at] ?? -1) : -1
    for (const option of options) {
      const more = this.#after(option, from, begun, size)
      if (more === null) continue
      last = 0
      for (let at = 0; at < size; at++) places[at] = Math.max(places[at] ?? -1, more[at] ?? -1)
      this.done(more)
    }
    return this.#unlessNone(places, last)
  }

  #unlessNone(places: Int32Array, last: number): Int32Array | null {
    if (last >= 0) return places
    this.done(places)
    return null
  }
}
