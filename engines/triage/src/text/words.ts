import type { Automaton } from './automaton.ts'

const none: readonly number[] = []

/** A block of words is judged together; then its end is kept for what goes on in the next one. */
export const blockOfWords = 1024

/**
 * The words of one author, a block at a time. Nearly every word is four numbers: where it stands, and its kind, which says the literals
 * it is. What is rarer (numbers, words compared letter by letter, words spelt out over several
 * turns) stands aside.
 */
export class Words {
  count = 0
  turn = new Int32Array(blockOfWords * 2)
  start = new Int32Array(blockOfWords * 2)
  end = new Int32Array(blockOfWords * 2)
  /** 0: no literal; above: its kind; below: minus one minus the place in `#lists`. */
  #what = new Int32Array(blockOfWords * 2)
  #lists: (readonly number[])[] = []
  #numbers = new Map<number, number>()
  #endTurns = new Map<number, number>()
  readonly #automaton: Automaton
  /** Words that a rule must be looked for at, in their order. */
  anchored: number[] = []

  constructor(automaton: Automaton) {
    this.#automaton = automaton
  }

  add(turn: number, start: number, end: number): void {
    const at = this.count
    if (at === this.turn.length) this.#grow()
    this.turn[at] = turn
    this.start[at] = start
    this.end[at] = end
    this.#what[at] = 0
    this.count = at + 1
  }

  /** The word added last is all literals of this kind. */
  isAll(kind: number): void {
    this.#what[this.count - 1] = kind
    if (this.#automaton.anchorKinds[kind] === 1) this.anchored.push(this.count - 1)
  }

  /** The word added last is these literals and no others. */
  isThese(literals: readonly number[]): void {
    if (literals.length === 0) return
    this.#what[this.count - 1] = -1 - this.#lists.length
    this.#lists.push(literals)
    if (literals.some((literal) => this.#automaton.isAnchor[literal])) this.anchored.push(this.count - 1)
  }

  isNumber(value: number): void {
    this.#numbers.set(this.count - 1, value)
  }

  endsIn(turn: number): void {
    this.#endTurns.set(this.count - 1, turn)
  }

  literalsOf(word: number): readonly number[] {
    const what = this.#what[word] ?? 0
    if (what === 0) return none
    return (what > 0 ? this.#automaton.kinds[what]?.is : this.#lists[-1 - what]) ?? none
  }

  numberOf(word: number): number {
    return this.#numbers.size === 0 ? -1 : (this.#numbers.get(word) ?? -1)
  }

  endTurnOf(word: number): number {
    return this.#endTurns.get(word) ?? this.turn[word] ?? 0
  }

  clear(): void {
    this.count = 0
    this.anchored = []
    this.#lists = []
    this.#numbers.clear()
    this.#endTurns.clear()
  }

  /** Forgets the last words, single letters all, which another reading replaces. */
  dropTo(count: number): void {
    this.count = count
    while ((this.anchored.at(-1) ?? -1) >= count) this.anchored.pop()
  }

  /** Forgets the first words and counts the others anew; anchors from `judged` on are still to be looked at. */
  dropBefore(first: number, judged: number): void {
    this.turn.copyWithin(0, first, this.count)
    this.start.copyWithin(0, first, this.count)
    this.end.copyWithin(0, first, this.count)
    this.#what.copyWithin(0, first, this.count)
    this.count -= first
    const lists: (readonly number[])[] = []
    for (let at = 0; at < this.count; at++) {
      const what = this.#what[at] ?? 0
      if (what < 0) this.#what[at] = -lists.push(this.#lists[-1 - what] ?? none)
    }
    this.#lists = lists
    const moved = (from: ReadonlyMap<number, number>): Map<number, number> =>
      new Map([...from].flatMap(([word, value]) => (word < first ? [] : [[word - first, value] as const])))
    if (this.#numbers.size > 0) this.#numbers = moved(this.#numbers)
    if (this.#endTurns.size > 0) this.#endTurns = moved(this.#endTurns)
    this.anchored = this.anchored.filter((word) => word >= judged).map((word) => word - first)
  }

  #grow(): void {
    this.turn = grown(this.turn)
    this.start = grown(this.start)
    this.end = grown(this.end)
    this.#what = grown(this.#what)
  }
}

function grown(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2)
  larger.set(column)
  return larger
}
