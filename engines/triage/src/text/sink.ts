import type { Automaton } from './automaton.ts'
import { LiteralCheck } from './literal-check.ts'
import { SpeltOut } from './spelt-out.ts'
import { blockOfWords, Words } from './words.ts'

/** Where words go: as soon as a longer word follows, the single letters before it are read as what they spell. */
export class Sink {
  readonly words: Words
  readonly #spelt: SpeltOut
  /** Its own: the word in hand is still being judged with the other one. */
  readonly #check: LiteralCheck
  /** The classes of the single letters in a row, up to the last word. */
  readonly #singles: number[] = []
  #singleCount = 0

  readonly #judge: (isLast: boolean) => void

  constructor(automaton: Automaton, judge: (isLast: boolean) => void) {
    this.#judge = judge
    this.words = new Words(automaton)
    this.#check = new LiteralCheck(automaton)
    this.#spelt = new SpeltOut(automaton, this.#check, this.words)
  }

  get steps(): number {
    return this.#spelt.steps + this.#check.steps + this.words.steps
  }

  /** A word of this kind; what else it is may be said after. */
  add(turn: number, start: number, end: number, kind = 0): void {
    if (this.#singleCount > 0) this.#readSingles()
    if (this.words.count >= blockOfWords) this.#judge(false)
    this.words.add(turn, start, end, kind)
  }

  /** A word of one letter, of this class. */
  addLetter(turn: number, start: number, end: number, letter: number, kind = 0): void {
    this.#singles[this.#singleCount++] = letter
    this.words.add(turn, start, end, kind)
  }

  end(): void {
    this.#readSingles()
    this.#judge(true)
    this.words.clear()
  }

  #readSingles(): void {
    if (this.#singleCount >= 3) this.#spelt.read(this.#singles.slice(0, this.#singleCount))
    this.#singleCount = 0
  }
}
