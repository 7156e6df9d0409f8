import { type Automaton, boundary, foreign, hidden, special } from './automaton.ts'
import { LiteralCheck } from './literal-check.ts'
import { Sink } from './sink.ts'
import { mostDigits, SlowToken } from './slow-token.ts'
import type { Words } from './words.ts'

/**
 * The turns of one author as words, and which literals each word is: one pass over the code units, a class and a state
 * each, both out of tables. What is neither plain letters nor a plain number takes the slow way, a word at a time.
 * `steps` counts what is done, for the proof that it is linear.
 */
export class Scan {
  readonly #automaton: Automaton
  readonly #check: LiteralCheck
  readonly #sink: Sink
  readonly #slow: SlowToken
  #steps = 0

  /** `judge` is told of each block of words, and at the end of the last one. */
  constructor(automaton: Automaton, judge: (isLast: boolean) => void) {
    this.#automaton = automaton
    this.#check = new LiteralCheck(automaton)
    this.#sink = new Sink(automaton, judge)
    this.#slow = new SlowToken(automaton, this.#check, this.#sink)
  }

  get steps(): number {
    return this.#steps + this.#check.steps + this.#slow.steps + this.#sink.steps
  }

  /** The block in hand. */
  get words(): Words {
    return this.#sink.words
  }

  turn(turn: number, text: string): void {
    const { next, start, classOfUnit, onceLetters } = this.#automaton
    const check = this.#check
    const sink = this.#sink
    const { length } = text
    this.#steps += length
    let at = 0
    while (at < length) {
      const begins = at
      let state = start
      let quiet = 0
      let one = boundary
      for (; at < length; at++) {
        one = classOfUnit[text.charCodeAt(at)] ?? special
        const to = next[state + one] ?? 0
        if (to >= 0) state = to
        else if (one >= foreign) {
          check.note(state, ~to)
          state = ~to
        } else if (one === hidden) quiet++
        else break
      }
      if (one === special && at < length) {
        at = this.#special(turn, text, begins, at)
        continue
      }
      const letters = at - begins - quiet
      const kind = ~(next[state + boundary] ?? -1)
      // Nearly every word: of no rule, which is kind 0, or each letter once.
      if (check.pending === 0 && kind * ((onceLetters[kind] ?? 0) - letters) === 0) {
        if (letters > 1) sink.add(turn, begins, at, kind)
        else if (letters === 1) sink.addLetter(turn, begins, at, this.#onlyLetter(text, begins), kind)
      } else this.#compare(turn, text, begins, at, letters, kind)
      at++
    }
  }

  /** The stream is over; the next turn begins another one. */
  end(): void {
    this.#sink.end()
  }

  /** A word that may be literals: how often each letter stands decides. */
  #compare(turn: number, text: string, begins: number, ends: number, letters: number, kind: number): void {
    const check = this.#check
    const { kinds, doubledKinds } = this.#automaton
    if (check.pending === 0 && letters === ends - begins && this.#isDoubled(text, begins, letters, kind)) {
      this.#sink.add(turn, begins, ends, doubledKinds[kind])
      return
    }
    if (letters > 1) this.#sink.add(turn, begins, ends)
    else this.#sink.addLetter(turn, begins, ends, this.#onlyLetter(text, begins))
    check.pend(kinds[kind]?.mayBe)
    check.readText(text, begins, ends)
    check.settle(this.#sink.words)
  }

  /** The letters are those of the kind with one more, so it is doubled where two in a row are the same. */
  #isDoubled(text: string, begins: number, letters: number, kind: number): boolean {
    const { classOfUnit, kinds } = this.#automaton
    const { once = 0, doubled = null } = kinds[kind] ?? {}
    if (doubled === null || letters !== once + 1) return false
    const at = begins + doubled.at
    return classOfUnit[text.charCodeAt(at)] === classOfUnit[text.charCodeAt(at + 1)]
  }

  /** Its class; before and behind it stands only what hides. */
  #onlyLetter(text: string, begins: number): number {
    const { classOfUnit } = this.#automaton
    let at = begins
    while (classOfUnit[text.charCodeAt(at)] === hidden) at++
    this.#steps += at - begins
    return classOfUnit[text.charCodeAt(at)] ?? foreign
  }

  /** At something that is no plain letter; gives where the reading goes on. */
  #special(turn: number, text: string, begins: number, at: number): number {
    this.#check.drop()
    this.#steps += at - begins
    const ends = at === begins ? this.#number(turn, text, begins) : at
    return ends > at ? ends : this.#slow.read(turn, text, begins)
  }

  /** A number in plain digits, with nothing beside it; gives where it ends, or its beginning when it is none. */
  #number(turn: number, text: string, begins: number): number {
    const { classOfUnit } = this.#automaton
    let value = 0
    let at = begins
    let code = 0
    for (; at < text.length; at++) {
      code = text.charCodeAt(at)
      if (code < 0x30 || code > 0x39) break
      value = value * 10 + code - 0x30
    }
    this.#steps += at - begins
    // A comma may go on in a number.
    if (at < text.length && (code === 0x2c || classOfUnit[code] !== boundary)) return begins
    this.#sink.add(turn, begins, at)
    if (at - begins <= mostDigits) this.#sink.words.isNumber(value)
    return at
  }
}
