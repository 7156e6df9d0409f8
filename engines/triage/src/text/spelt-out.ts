import { type Automaton, boundary, foreign } from './automaton.ts'
import type { LiteralCheck } from './literal-check.ts'
import type { Words } from './words.ts'

/** No word of the rules is longer than this when it is spelt out; drawn-out letters count. */
const longest = 24
const costOfWord = 10
const costOfLetter = 7

/**
 * "s e n d  m e", "m.e.e.t", a letter a message: three words of one letter or more in a row are read again as words of the
 * rules, by the cheapest way to cut them. Without a word of three letters they stay as they were.
 */
export class SpeltOut {
  steps = 0
  readonly #automaton: Automaton
  readonly #check: LiteralCheck
  readonly #words: Words

  constructor(automaton: Automaton, check: LiteralCheck, words: Words) {
    this.#automaton = automaton
    this.#check = check
    this.#words = words
  }

  /** Reads the last words again: single letters of these classes. */
  read(letters: readonly number[]): void {
    const begins = this.#cut(letters)
    if (begins === null) return
    const words = this.#words
    const first = words.count - letters.length
    words.dropTo(first)
    // A word is written over letters that were read before: it takes no more places than they did.
    for (let at = 0; at < letters.length; ) {
      const to = begins[at] ?? at + 1
      const turn = words.turnOf(first + at)
      const endTurn = words.turnOf(first + to - 1)
      words.add(turn, words.startOf(first + at), words.endOf(first + to - 1), 0)
      if (endTurn !== turn) words.endsIn(endTurn)
      this.#walk(letters, at, to)
      this.#check.settle(words)
      at = to
    }
  }

  /** For each place where a piece begins, where it ends; null when no word of three letters is among them. */
  #cut(letters: readonly number[]): Int32Array | null {
    const count = letters.length
    const cost = new Int32Array(count + 1).fill(0x7fffffff)
    const from = new Int32Array(count + 1)
    cost[0] = 0
    const reach = (at: number, to: number, price: number): void => {
      const total = (cost[at] ?? 0) + price
      if (total >= (cost[to] ?? 0)) return
      cost[to] = total
      from[to] = at
    }
    for (let at = 0; at < count; at++) {
      reach(at, at + 1, costOfLetter)
      this.#wordsFrom(letters, at, (to) => reach(at, to, costOfWord))
    }
    const begins = new Int32Array(count)
    let hasWord = false
    for (let to = count; to > 0; to = from[to] ?? 0) {
      begins[from[to] ?? 0] = to
      hasWord ||= to - (from[to] ?? 0) >= 3
    }
    return hasWord ? begins : null
  }

  #wordsFrom(letters: readonly number[], at: number, tell: (to: number) => void): void {
    const { next, start, firstKnown, spells } = this.#automaton
    const most = Math.min(letters.length, at + longest)
    let state = start
    this.#check.noLetters()
    for (let to = at; to < most; to++) {
      const one = letters[to] ?? foreign
      if (one === foreign) return
      this.steps++
      if (this.#check.addLetter(one)) state = next[state + one] ?? 0
      // Forgotten, or something to note: then no word of the rules goes on.
      if (state < firstKnown) return
      if (to > at && this.#isOne(spells.get(state))) tell(to + 1)
    }
  }

  /** A letter drawn out is no word: at least two letters must differ. */
  #isOne(literals: readonly number[] | undefined): boolean {
    if (literals === undefined) return false
    this.steps += literals.length
    return literals.some((literal) => this.#check.fits(literal))
  }

  #walk(letters: readonly number[], from: number, to: number): void {
    const { next, start, kinds } = this.#automaton
    this.#check.drop()
    this.#check.noLetters()
    let state = start
    for (let at = from; at < to; at++) {
      const one = letters[at] ?? foreign
      this.steps++
      if (!this.#check.addLetter(one)) continue
      const step = next[state + one] ?? 0
      if (step < 0) this.#check.note(state, ~step)
      state = step < 0 ? ~step : step
    }
    this.#check.pend(kinds[~(next[state + boundary] ?? -1)]?.mayBe)
  }
}
