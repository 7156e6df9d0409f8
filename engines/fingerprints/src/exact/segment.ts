import { buildTable } from './build-table.ts'
import { findRow } from './find-row.ts'
import { buildFilter, type FuseFilter } from './fuse-filter.ts'
import { type HashKind, wordsOf } from './hash-kind.ts'
import { ExactKernel } from './kernel.ts'
import type { RowSource, RowVisitor } from './rows.ts'
import { severalMark, type Table } from './table.ts'

/** How a batch is looked up: by the compiled kernel where it runs, or by the plain path, which is its oracle. */
export type Lookup = 'kernel' | 'plain'

/** Told of each pair that stands. */
export type PairVisitor = (list: number, entry: number) => void

/** The large sorted part of an index. Pairs can be taken out, never added: that is the tail's work. */
export class Segment implements RowSource {
  readonly table: Table
  readonly filter: FuseFilter | null
  /** Null: the plain path answers. */
  readonly kernel: ExactKernel | null
  #changed = false
  /** One bit a row: its only pair was taken out. Made when first needed. */
  #goneRows: Uint32Array | null = null
  /** Places in `several` of pairs that were taken out. */
  readonly #goneSeveral = new Set<number>()
  /** Positions in `table.lists` of withdrawn lists. */
  readonly #withdrawn = new Set<number>()
  /** Standing pairs per position in `table.lists`. */
  readonly #standing: number[]

  constructor(kind: HashKind, table: Table, filter: FuseFilter | null, lookup: Lookup = 'kernel') {
    this.kernel = lookup === 'plain' ? null : ExactKernel.of(kind, table, filter)
    this.table = this.kernel?.table ?? table
    this.filter = this.kernel === null ? filter : this.kernel.filter
    this.#standing = countPairs(table)
  }

  static build(kind: HashKind, source: RowSource, lookup: Lookup = 'kernel'): Segment {
    const words = wordsOf[kind]
    const table = buildTable(source, words)
    return new Segment(kind, table, buildFilter(table.hashes, words), lookup)
  }

  /** Number of standing pairs. */
  get rows(): number {
    return this.#standing.reduce((sum, count) => sum + count, 0)
  }

  /** Whether pairs were taken out. */
  get changed(): boolean {
    return this.#changed
  }

  /** The row of one hash, or -1: the filter answers most questions. One alone waits for memory either way. */
  find(key: Uint32Array): number {
    if (this.filter !== null && !this.filter.mayHold(key[0] ?? 0, key[1] ?? 0)) return -1
    return findRow(this.table, key)
  }

  /** The list of every pair when all stand once on one list, else -1. */
  get onlyList(): number {
    return this.#changed || this.table.listOf !== null ? -1 : (this.table.lists[0] ?? -1)
  }

  pairsOf(row: number, visit: PairVisitor): void {
    const { lists, entryOf, listOf } = this.table
    const position = listOf === null ? 0 : (listOf[row] ?? 0)
    if (!this.#changed && (listOf === null || position !== severalMark(listOf))) {
      visit(lists[position] ?? 0, entryOf === null ? row : (entryOf[row] ?? 0))
      return
    }
    this.#pairsAt(row, (at, entry) => visit(lists[at] ?? 0, entry))
  }

  /** Whether any pair of the hash still stands. */
  stands(row: number): boolean {
    if (!this.#changed) return true
    let standing = false
    this.#pairsAt(row, () => {
      standing = true
    })
    return standing
  }

  holds(row: number, list: number, entry: number): boolean {
    let held = false
    this.pairsOf(row, (otherList, otherEntry) => {
      held ||= otherList === list && otherEntry === entry
    })
    return held
  }

  remove(row: number, list: number, entry: number): boolean {
    const { lists } = this.table
    let removed = false
    this.#pairsAt(row, (position, otherEntry, place) => {
      if (removed || otherEntry !== entry || lists[position] !== list) return
      if (place < 0) this.#takeRow(row)
      else this.#goneSeveral.add(place)
      this.#standing[position] = (this.#standing[position] ?? 0) - 1
      removed = true
      this.#changed = true
    })
    return removed
  }

  /** Gives the number of pairs that stood until now. */
  withdraw(list: number): number {
    const position = this.table.lists.indexOf(list)
    const standing = position < 0 ? 0 : (this.#standing[position] ?? 0)
    if (standing === 0) return 0
    this.#withdrawn.add(position)
    this.#changed = true
    this.#standing[position] = 0
    return standing
  }

  each(visit: RowVisitor): void {
    const { hashes, words, hashCount, lists } = this.table
    for (let row = 0; row < hashCount; row++) {
      this.#pairsAt(row, (position, entry) => visit(hashes, row * words, lists[position] ?? 0, entry))
    }
  }

  /** Standing pairs per list handle. */
  *listed(): Generator<readonly [list: number, pairs: number]> {
    for (const [position, list] of this.table.lists.entries()) {
      const pairs = this.#standing[position] ?? 0
      if (pairs > 0) yield [list, pairs]
    }
  }

  /** `place` is where the pair stands in `several`, or -1 for a hash's only pair. */
  #pairsAt(row: number, visit: (position: number, entry: number, place: number) => void): void {
    const { entryOf, listOf, several } = this.table
    const position = listOf === null ? 0 : (listOf[row] ?? 0)
    const entry = entryOf === null ? row : (entryOf[row] ?? 0)
    if (listOf === null || position !== severalMark(listOf)) {
      if (!this.#isGone(row) && !this.#withdrawn.has(position)) visit(position, entry, -1)
      return
    }
    const end = entry + 1 + 2 * (several[entry] ?? 0)
    for (let place = entry + 1; place < end; place += 2) {
      const at = several[place] ?? 0
      if (!this.#withdrawn.has(at) && !this.#goneSeveral.has(place)) visit(at, several[place + 1] ?? 0, place)
    }
  }

  #isGone(row: number): boolean {
    return this.#goneRows !== null && (((this.#goneRows[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1
  }

  #takeRow(row: number): void {
    this.#goneRows ??= new Uint32Array((this.table.hashCount + 31) >>> 5)
    this.#goneRows[row >>> 5] = (this.#goneRows[row >>> 5] ?? 0) | (1 << (row & 31))
  }
}

function countPairs({ lists, listOf, hashCount, several }: Table): number[] {
  const counts = new Array<number>(lists.length).fill(0)
  if (listOf === null) {
    if (lists.length > 0) counts[0] = hashCount
    return counts
  }
  const mark = severalMark(listOf)
  for (const position of listOf) if (position !== mark) counts[position] = (counts[position] ?? 0) + 1
  for (let start = 0; start < several.length; ) {
    const end = start + 1 + 2 * (several[start] ?? 0)
    for (let place = start + 1; place < end; place += 2) {
      const position = several[place] ?? 0
      counts[position] = (counts[position] ?? 0) + 1
    }
    start = end
  }
  return counts
}
