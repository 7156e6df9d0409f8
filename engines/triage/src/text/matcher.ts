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
        return this.#oneWord(begun, (at) => {
          this.steps++
          return this.#words.isOneOf(from + at, what.set)
        })
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
