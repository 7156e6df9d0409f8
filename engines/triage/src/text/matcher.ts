import type { Expression } from './expression.ts'
import type { Words } from './words.ts'

/** An expression whose words are numbers of literals. Alternatives of one word are one set. */
export type Compiled =
  | { readonly is: 'words'; readonly literals: ReadonlySet<number> }
  | { readonly is: 'number'; readonly from: number; readonly to: number }
  | { readonly is: 'gap'; readonly most: number }
  | { readonly is: 'sequence'; readonly items: readonly Compiled[] }
  | { readonly is: 'either'; readonly options: readonly Compiled[]; readonly mayLack: boolean }

/** Gives each different word of the rules its number. */
export type NumberOf = (word: Extract<Expression, { is: 'word' }>) => number

export function compile(expression: Expression, numberOf: NumberOf): Compiled {
  switch (expression.is) {
    case 'word':
      return { is: 'words', literals: new Set([numberOf(expression)]) }
    case 'number':
    case 'gap':
      return expression
    case 'sequence':
      return { is: 'sequence', items: expression.items.map((item) => compile(item, numberOf)) }
    case 'either': {
      const options = expression.options.map((option) => compile(option, numberOf))
      const single = options.flatMap((option) => (option.is === 'words' ? [...option.literals] : []))
      const longer = options.filter((option) => option.is !== 'words')
      const together: Compiled[] = single.length === 0 ? [] : [{ is: 'words', literals: new Set(single) }]
      const [only] = together
      if (only !== undefined && longer.length === 0 && !expression.mayLack) return only
      return { is: 'either', options: [...together, ...longer], mayLack: expression.mayLack }
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

  constructor(words: Words) {
    this.#words = words
  }

  ends(what: Compiled, from: number, to: number): Int32Array {
    const places = new Int32Array(to - from + 1)
    for (let at = 0; at < places.length; at++) places[at] = from + at
    return this.#after(what, from, places)
  }

  #after(what: Compiled, from: number, begun: Int32Array): Int32Array {
    this.steps += begun.length
    switch (what.is) {
      case 'words':
        return this.#oneWord(begun, (at) => this.#isOneOf(from + at, what.literals))
      case 'number':
        return this.#oneWord(begun, (at) => {
          const value = this.#words.numberOf(from + at)
          return value >= what.from && value <= what.to
        })
      case 'gap':
        return widened(begun, what.most)
      case 'sequence':
        return this.#allOf(what.items, from, begun)
      case 'either': {
        const places = new Int32Array(begun.length).fill(-1)
        if (what.mayLack) places.set(begun)
        for (const option of what.options) {
          const more = this.#after(option, from, begun)
          for (let at = 0; at < places.length; at++) places[at] = Math.max(places[at] ?? -1, more[at] ?? -1)
        }
        return places
      }
    }
  }

  /** Most places are left at the first item: with nothing begun, nothing more is looked at. */
  #allOf(items: readonly Compiled[], from: number, begun: Int32Array): Int32Array {
    let places = begun
    for (const item of items) {
      places = this.#after(item, from, places)
      if (places.every((place) => place < 0)) break
    }
    return places
  }

  #oneWord(begun: Int32Array, fits: (at: number) => boolean): Int32Array {
    const places = new Int32Array(begun.length).fill(-1)
    for (let at = 0; at + 1 < begun.length; at++) {
      const began = begun[at] ?? -1
      if (began >= 0 && fits(at)) places[at + 1] = began
    }
    return places
  }

  #isOneOf(word: number, literals: ReadonlySet<number>): boolean {
    for (const literal of this.#words.literalsOf(word)) {
      this.steps++
      if (literals.has(literal)) return true
    }
    return false
  }
}

/** The nearest place before, at most `most` words back. */
function widened(begun: Int32Array, most: number): Int32Array {
  const places = new Int32Array(begun.length)
  let last = -1
  for (let at = 0; at < begun.length; at++) {
    if ((begun[at] ?? -1) >= 0) last = at
    places[at] = last >= 0 && at - last <= most ? (begun[last] ?? -1) : -1
  }
  return places
}
