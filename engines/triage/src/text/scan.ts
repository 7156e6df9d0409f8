import { type Automaton, boundary, close, foreign, hidden, special, tableSize } from './automaton.ts'
import { LiteralCheck } from './literal-check.ts'
import { Sink } from './sink.ts'
import { SlowToken } from './slow-token.ts'
import type { Words } from './words.ts'

/**
 * The turns of one author as words, and which literals each word is: one pass over the code units, a class and a state
 * each, both out of tables. What is not plain letters takes the slow way, a word at a time. `steps` counts what is done,
 * for the proof that it is linear.
 */
export class Scan {
  readonly #automaton: Automaton
  readonly #check: LiteralCheck
  readonly #sink: Sink
  readonly #slow: SlowToken
  #steps = 0

  /** `judge` is given each block of words, and at the end the last one. */
  constructor(automaton: Automaton, judge: (words: Words, isLast: boolean) => void) {
    this.#automaton = automaton
    this.#check = new LiteralCheck(automaton)
    this.#sink = new Sink(automaton, judge)
    this.#slow = new SlowToken(automaton, this.#check, this.#sink)
  }

  get steps(): number {
    return this.#steps + this.#check.steps + this.#slow.steps + this.#sink.steps
  }

  turn(turn: number, text: string): void {
    const { next, start, classOfUnit } = this.#automaton
    const check = this.#check
    const { length } = text
    this.#steps += length
    let at = 0
    while (at < length) {
      const begins = at
      let state = start
      let quiet = 0
      let one = boundary
      for (; at < length; at++) {
        const code = text.charCodeAt(at)
        one = code < tableSize ? (classOfUnit[code] ?? foreign) : special
        if (one >= boundary) {
          if (one !== hidden) break
          quiet++
          continue
        }
        const to = next[state + one] ?? 0
        if (to < 0) check.note(state, ~to)
        state = to < 0 ? ~to : to
      }
      if (one === special && at < length) {
        check.drop()
        this.#steps += at - begins
        at = this.#slow.read(turn, text, begins)
        continue
      }
      const letters = at - begins - quiet
      if (letters > 0) this.#word(turn, text, begins, at, letters, next[state + close] ?? 0)
      at++
    }
  }

  /** The stream is over; the next turn begins another one. */
  end(): void {
    this.#sink.end()
  }

  #word(turn: number, text: string, begins: number, ends: number, letters: number, kind: number): void {
    const { kinds, usualLetters } = this.#automaton
    const check = this.#check
    const { words } = this.#sink
    this.#sink.add(turn, begins, ends, letters === 1 ? this.#only(text, begins, ends) : 0)
    if (check.pending === 0) {
      if (kind === 0) return
      if (usualLetters[kind] === letters && this.#isUsual(text, begins, ends, kind)) {
        words.isAll(kind)
        return
      }
    }
    check.pend(kinds[kind]?.mayBe)
    check.readText(text, begins, ends)
    check.settle(words)
  }

  #isUsual(text: string, begins: number, ends: number, kind: number): boolean {
    const { kinds, classOfUnit } = this.#automaton
    const { single = false, written = null } = kinds[kind] ?? {}
    if (single || written === null) return single
    this.#steps += written.length
    let letter = 0
    for (let at = begins; at < ends; at++) {
      const one = classOfUnit[text.charCodeAt(at)] ?? foreign
      if (one < boundary && one !== written[letter++]) return false
    }
    return true
  }

  /** The class of a word's only letter. */
  #only(text: string, begins: number, ends: number): number {
    const { classOfUnit } = this.#automaton
    for (let at = begins; at < ends; at++) {
      const one = classOfUnit[text.charCodeAt(at)] ?? foreign
      if (one < boundary) return one
    }
    return foreign
  }
}
