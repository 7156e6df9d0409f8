import { type Automaton, boundary, foreign } from './automaton.ts'
import { fold, isDigit, standIns } from './fold.ts'
import type { LiteralCheck } from './literal-check.ts'
import type { Sink } from './sink.ts'

/** Longer than any word in disguise; beyond it a word is only cut into letters and digits. */
const longestDisguise = 48
/** The largest number that is told apart. */
export const mostDigits = 9

/** A word that is not plain letters: digits, stand-ins for letters, other scripts, compatibility forms. */
export class SlowToken {
  steps = 0
  readonly #automaton: Automaton
  readonly #check: LiteralCheck
  readonly #sink: Sink
  /** The word in hand: its folded characters, and the span of each in the text. */
  readonly #characters: string[] = []
  readonly #starts: number[] = []
  readonly #ends: number[] = []

  constructor(automaton: Automaton, check: LiteralCheck, sink: Sink) {
    this.#automaton = automaton
    this.#check = check
    this.#sink = sink
  }

  /** Reads the word that begins at `begins`; gives where the reading goes on. */
  read(turn: number, text: string, begins: number): number {
    const next = this.#collect(text, begins)
    const characters = this.#characters
    if (characters.length === 0) return next
    const isLetter = (each: string): boolean => !isDigit(each) && !standIns.has(each)
    const [first, last] = [characters.findIndex(isLetter), characters.findLastIndex(isLetter)]
    const mayHide = first >= 0 && characters.length <= longestDisguise && characters.some((each) => !isLetter(each))
    if (mayHide && this.#disguised(turn)) return next
    // "r3ally" is one word, though none of the rules; "14yo" is a number and a word.
    if (mayHide && characters.some((each, at) => at > first && at < last && !isLetter(each))) {
      this.#sink.add(turn, this.#starts[0] ?? 0, this.#ends.at(-1) ?? 0)
    } else this.#inPieces(turn)
    return next
  }

  #collect(text: string, begins: number): number {
    this.#characters.length = 0
    this.#starts.length = 0
    this.#ends.length = 0
    let at = begins
    while (at < text.length) {
      const code = text.codePointAt(at) ?? 0
      const character = String.fromCodePoint(code)
      const end = at + character.length
      const folded = standIns.has(character) ? character : this.#groups(text, at) ? '' : fold(character)
      this.steps += character.length
      if (folded === null) break
      for (const each of folded) {
        this.#characters.push(each)
        this.#starts.push(at)
        this.#ends.push(end)
      }
      at = end
    }
    // A stand-in that no letter or digit follows was a mark: "why$" and "me@" end like any word.
    return at === begins ? begins + 1 : at
  }

  /** The comma of "1,000": three digits behind it and no fourth. */
  #groups(text: string, at: number): boolean {
    if (text.charAt(at) !== ',' || !isDigit(this.#characters.at(-1) ?? '')) return false
    return /^\d{3}(?!\d)/.test(text.slice(at + 1, at + 5))
  }

  /** The whole as one word of the rules: as written, then with its stand-ins read as letters. */
  #disguised(turn: number): boolean {
    const characters = this.#characters
    const plain = characters.map((each) => this.#classOf(each))
    const read = (one: string): number[] =>
      characters.map((each) => this.#classOf(each === '1' ? one : (standIns.get(each) ?? each)))
    for (const letters of [plain, read('i'), read('l')]) {
      this.#check.drop()
      if (!this.#walk(letters)) continue
      this.#sink.add(turn, this.#starts[0] ?? 0, this.#ends.at(-1) ?? 0)
      this.#check.settle(this.#sink.words)
      return true
    }
    this.#check.drop()
    return false
  }

  #inPieces(turn: number): void {
    const characters = this.#characters
    for (let from = 0; from < characters.length; ) {
      const digits = isDigit(characters[from] ?? '')
      const mark = isMark(characters[from] ?? '')
      let to = from + 1
      while (
        to < characters.length &&
        isDigit(characters[to] ?? '') === digits &&
        isMark(characters[to] ?? '') === mark
      )
        to++
      if (!mark) this.#piece(turn, from, to, digits)
      from = to
    }
  }

  #piece(turn: number, from: number, to: number, digits: boolean): void {
    const [start, end] = [this.#starts[from] ?? 0, this.#ends[to - 1] ?? 0]
    if (digits) {
      const value = to - from > mostDigits ? -1 : Number(this.#characters.slice(from, to).join(''))
      this.#sink.add(turn, start, end)
      if (value >= 0) this.#sink.words.isNumber(value)
      return
    }
    const letters: number[] = []
    for (let at = from; at < to; at++) letters.push(this.#classOf(this.#characters[at] ?? ''))
    if (to - from > 1) this.#sink.add(turn, start, end)
    else this.#sink.addLetter(turn, start, end, letters[0] ?? foreign)
    this.#check.drop()
    this.#walk(letters)
    this.#check.settle(this.#sink.words)
  }

  /** Pends what the letters hold; true when a word of the rules begins with them and fits. */
  #walk(letters: readonly number[]): boolean {
    const { next, start, kinds } = this.#automaton
    this.#check.noLetters()
    this.steps += letters.length
    let state = start
    for (const one of letters) {
      if (!this.#check.addLetter(one)) continue
      const to = next[state + one] ?? 0
      if (to < 0) this.#check.note(state, ~to)
      state = to < 0 ? ~to : to
    }
    this.#check.pend(kinds[~(next[state + boundary] ?? -1)]?.mayBe)
    return this.#check.fitsFromStart()
  }

  #classOf(character: string): number {
    return this.#automaton.classOfLetter.get(character) ?? foreign
  }
}

const isMark = (character: string): boolean => standIns.has(character) && !isDigit(character)
