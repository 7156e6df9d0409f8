import { type Automaton, boundary, foreign, hidden, special, tableSize } from './automaton.ts'
import { LiteralCheck } from './literal-check.ts'
import { Sink } from './sink.ts'
import { SlowToken } from './slow-token.ts'
import type { Words } from './words.ts'

/**
 * The turns of one author as words, and which literals each word is: one pass over the code units. What is not plain
 * letters takes the slow way, a word at a time. `steps` counts what is done, for the proof that it is linear.
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
    const { next, start, classOfUnit, ends, plainStates } = this.#automaton
    const check = this.#check
    const sink = this.#sink
    const { length } = text
    this.#steps += length
    let at = 0
    while (at < length) {
      const begins = at
      let state = start
      let before = boundary
      let letters = 0
      let one = boundary
      let doubled = false
      for (; at < length; at++) {
        const code = text.charCodeAt(at)
        one = code < tableSize ? (classOfUnit[code] ?? foreign) : special
        if (one >= hidden) {
          if (one === special) break
          continue
        }
        if (one === boundary) break
        letters++
        if (one === before) {
          doubled = true
          continue
        }
        before = one
        const step = next[state + one] ?? 0
        state = step >> 1
        if ((step & 1) !== 0) check.pend(ends.get(state))
      }
      if (one === special && at < length) {
        check.drop()
        this.#steps += at - begins
        at = this.#slow.read(turn, text, begins)
        continue
      }
      if (letters > 0) {
        sink.add(turn, begins, at, letters === 1 ? before : 0)
        const closing = next[state] ?? 0
        if (check.pending === 0 && !doubled && plainStates[closing >> 1] === 1) sink.words.isAll(closing >> 1)
        else if (check.pending > 0 || (closing & 1) !== 0) {
          if ((closing & 1) !== 0) check.pend(ends.get(closing >> 1))
          check.readText(text, begins, at)
          check.settle(sink.words)
        }
      }
      at++
    }
  }

  /** The stream is over; the next turn begins another one. */
  end(): void {
    this.#sink.end()
  }
}
