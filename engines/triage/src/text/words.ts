import type { Automaton } from './automaton.ts'

const none: readonly number[] = []

/** A block of words is judged together; then its end is kept for what goes on in the next one. */
export const blockOfWords = 1024

/** A word in the row: turn, start, end, and what it is. */
const width = 4
const wordsAtFirst = 256
/** What a word is, from here on: a number. Nine digits fit above it. */
const numbers = 2 ** 30

/**
 * The words of one author, a block at a time. Nearly every word is four numbers: where it stands, and its kind, which says
 * the literals it is. What is rarer (words compared letter by letter, words spelt out over several turns) stands aside.
 */
export class Words {
  count = 0
  steps = 0
  /** The last of four: 0 no literal; above, its kind or a number; below, minus one minus the place in `#lists`. */
  #row = new Int32Array(width * wordsAtFirst)
  #lists: (readonly number[])[] = []
  #endTurns = new Map<number, number>()
  readonly #automaton: Automaton
  /** Words that a rule must be looked for at, in their order. */
  anchored: number[] = []

  constructor(automaton: Automaton) {
    this.#automaton = automaton
  }

  /** A word of this kind, written as usual; 0 for a word of no rule, or of which more is said after. */
  add(turn: number, start: number, end: number, kind: number): void {
    const word = this.count++
    const at = word * width
    if (at === this.#row.length) this.#grow()
    const row = this.#row
    row[at] = turn
    row[at + 1] = start
    row[at + 2] = end
    row[at + 3] = kind
    if (this.#automaton.anchorKinds[kind] === 1) this.anchored.push(word)
  }

  /** The word added last is these literals and no others. */
  isThese(literals: readonly number[]): void {
    if (literals.length === 0) return
    this.#row[this.count * width - 1] = -1 - this.#lists.length
    this.#lists.push(literals)
    if (literals.some((literal) => this.#automaton.isAnchor[literal])) this.anchored.push(this.count - 1)
  }

  /** The word added last is a number of at most nine digits. */
  isNumber(value: number): void {
    this.#row[this.count * width - 1] = numbers + value
  }

  /** The word added last ends in another turn than it begins. */
  endsIn(turn: number): void {
    this.#endTurns.set(this.count - 1, turn)
  }

  turnOf(word: number): number {
    return this.#row[word * width] ?? 0
  }

  startOf(word: number): number {
    return this.#row[word * width + 1] ?? 0
  }

  endOf(word: number): number {
    return this.#row[word * width + 2] ?? 0
  }

  endTurnOf(word: number): number {
    return this.#endTurns.get(word) ?? this.turnOf(word)
  }

  /** Whether it is one of a set of literals, given as the kinds that hold one of them and as themselves. */
  isOneOf(word: number, { kinds, literals }: LiteralSet): boolean {
    const what = this.#row[word * width + 3] ?? 0
    if (what > 0) return what < numbers && ((kinds[what >> 5] ?? 0) & (1 << (what & 31))) !== 0
    if (what === 0) return false
    const list = this.#lists[-1 - what] ?? none
    this.steps += list.length
    return list.some((literal) => literals.has(literal))
  }

  literalsOf(word: number): readonly number[] {
    const what = this.#row[word * width + 3] ?? 0
    if (what === 0 || what >= numbers) return none
    return (what > 0 ? this.#automaton.kinds[what]?.is : this.#lists[-1 - what]) ?? none
  }

  numberOf(word: number): number {
    const what = this.#row[word * width + 3] ?? 0
    return what >= numbers ? what - numbers : -1
  }

  clear(): void {
    this.count = 0
    this.anchored = []
    this.#lists = []
    this.#endTurns.clear()
  }

  /** Forgets the last words, single letters all, which another reading replaces. */
  dropTo(count: number): void {
    this.count = count
    while ((this.anchored.at(-1) ?? -1) >= count) this.anchored.pop()
  }

  /** Forgets the first words and counts the others anew; anchors from `judged` on are still to be looked at. */
  dropBefore(first: number, judged: number): void {
    const row = this.#row
    row.copyWithin(0, first * width, this.count * width)
    this.count -= first
    const lists: (readonly number[])[] = []
    for (let at = width - 1; at < this.count * width; at += width) {
      const what = row[at] ?? 0
      if (what < 0) row[at] = -lists.push(this.#lists[-1 - what] ?? none)
    }
    this.#lists = lists
    if (this.#endTurns.size > 0) {
      const kept = [...this.#endTurns].filter(([word]) => word >= first)
      this.#endTurns = new Map(kept.map(([word, turn]) => [word - first, turn]))
    }
    this.anchored = this.anchored.filter((word) => word >= judged).map((word) => word - first)
  }

  #grow(): void {
    const larger = new Int32Array(this.#row.length * 2)
    larger.set(this.#row)
    this.#row = larger
  }
}

/** Literals of which one is asked for. */
export interface LiteralSet {
  readonly literals: ReadonlySet<number>
  /** A bit for each kind: whether words of it, written as usual, are one of them. */
  readonly kinds: Int32Array
}
