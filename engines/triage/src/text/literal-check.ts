import { type Automaton, foreign } from './automaton.ts'
import { fitsRuns } from './runs.ts'
import type { Words } from './words.ts'

/**
 * What the automaton found inside one word, until the word ends: then how often each letter stands is compared, which
 * the automaton does not see. One or two of a letter must stand as written; three or more are drawn out and fit both.
 */
export class LiteralCheck {
  steps = 0
  /** How many literals wait for the end of the word. */
  pending = 0
  readonly #automaton: Automaton
  readonly #waiting: number[] = []
  /** By literal, the word that it was seen in last. Made when it is needed: short texts hold none. */
  #seenIn: Int32Array | null = null
  #word = 1
  /** Letters of the word in hand as runs: class and length in turns. Arrays are kept, only counted anew. */
  readonly #runs: number[] = []
  #runsCount = 0

  constructor(automaton: Automaton) {
    this.#automaton = automaton
  }

  /** What is forgotten from one state to the next, and what is found there. */
  note(from: number, to: number): void {
    this.pend(this.#automaton.leaving.get(from))
    this.pend(this.#automaton.arriving.get(to))
  }

  pend(literals: readonly number[] | undefined): void {
    if (literals === undefined || literals.length === 0) return
    this.steps += literals.length
    this.#seenIn ??= new Int32Array(this.#automaton.literals.length)
    const seenIn = this.#seenIn
    for (const literal of literals) {
      if (seenIn[literal] === this.#word) continue
      seenIn[literal] = this.#word
      this.#waiting[this.pending++] = literal
    }
  }

  drop(): void {
    this.pending = 0
    this.#word++
  }

  /** Gives the waiting literals that fit the runs to the word added last. */
  settle(words: Words): void {
    const fitting: number[] = []
    for (let at = 0; at < this.pending; at++) {
      const literal = this.#waiting[at] ?? -1
      if (this.fits(literal)) fitting.push(literal)
    }
    words.isThese(fitting)
    this.drop()
  }

  /** Whether a waiting literal that begins with the word fits. */
  fitsFromStart(): boolean {
    for (let at = 0; at < this.pending; at++) {
      const literal = this.#waiting[at] ?? -1
      if (this.#automaton.literals[literal]?.open === false && this.fits(literal)) return true
    }
    return false
  }

  readText(text: string, from: number, to: number): void {
    const { classOfUnit } = this.#automaton
    this.noLetters()
    this.steps += to - from
    for (let at = from; at < to; at++) {
      const one = classOfUnit[text.charCodeAt(at)] ?? foreign
      if (one >= foreign) this.addLetter(one)
    }
  }

  noLetters(): void {
    this.#runsCount = 0
  }

  /** False when the letter only makes the last run longer, so that the automaton stays where it is. */
  addLetter(one: number): boolean {
    const runs = this.#runs
    const count = this.#runsCount
    if (count > 0 && runs[count - 2] === one && !this.#automaton.isDigitClass(one)) {
      runs[count - 1] = (runs[count - 1] ?? 0) + 1
      return false
    }
    runs[count] = one
    runs[count + 1] = 1
    this.#runsCount = count + 2
    return true
  }

  fits(literal: number): boolean {
    const own = this.#automaton.runs[literal]
    const kind = this.#automaton.literals[literal]
    if (own === undefined || kind === undefined) return false
    this.steps += own.length
    return fitsRuns(this.#runs, this.#runsCount, own, kind)
  }
}
