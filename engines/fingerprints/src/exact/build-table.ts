import type { RowSource } from './rows.ts'
import { type Columns, compare, sortRows } from './sort-rows.ts'
import { bucketBitsFor, compareRow, type ListColumn, listColumn, severalMark, type Table } from './table.ts'

/** The largest table a typed array holds with room to spare; larger lists go into several indexes. */
const mostRows = 2 ** 31 - 1

/** Sorts by counting: rows per bucket, then each row to its bucket, then each bucket by itself. */
export function buildTable(source: RowSource, words: number): Table {
  const { rows } = source
  if (rows > mostRows) throw new RangeError('Too many rows for one table')
  const lists = listsOf(source)
  const bits = bucketBitsFor(rows)
  const buckets = countBuckets(source, bits)
  const columns = scatter(source, words, bits, buckets, lists)
  for (let bucket = 0; bucket + 1 < buckets.length; bucket++) {
    sortRows(columns, buckets[bucket] ?? 0, buckets[bucket + 1] ?? 0)
  }
  return foldEqual(columns, Uint32Array.from(lists.keys()))
}

/** Handles in ascending order, so that pairs are sorted by handle. */
function listsOf(source: RowSource): Map<number, number> {
  const handles = new Set<number>()
  let last = -1
  source.each((_, __, list) => {
    if (list !== last) handles.add(list)
    last = list
  })
  return new Map([...handles].sort((a, b) => a - b).map((handle, position) => [handle, position]))
}

function countBuckets(source: RowSource, bits: number): Uint32Array {
  const buckets = new Uint32Array(2 ** bits + 1)
  source.each((hashes, at) => {
    const bucket = ((hashes[at] ?? 0) >>> (32 - bits)) + 1
    buckets[bucket] = (buckets[bucket] ?? 0) + 1
  })
  for (let bucket = 1; bucket < buckets.length; bucket++) {
    buckets[bucket] = (buckets[bucket] ?? 0) + (buckets[bucket - 1] ?? 0)
  }
  return buckets
}

function scatter(
  source: RowSource,
  words: number,
  bits: number,
  buckets: Uint32Array,
  lists: ReadonlyMap<number, number>,
): Columns {
  const next = buckets.slice()
  const hashes = new Uint32Array(source.rows * words)
  const entries = new Uint32Array(source.rows)
  const positions = lists.size > 1 ? new Uint32Array(source.rows) : null
  let lastList = -1
  let position = 0
  source.each((from, at, list, entry) => {
    const bucket = (from[at] ?? 0) >>> (32 - bits)
    const row = next[bucket] ?? 0
    next[bucket] = row + 1
    for (let word = 0; word < words; word++) hashes[row * words + word] = from[at + word] ?? 0
    entries[row] = entry
    if (positions === null) return
    if (list !== lastList) position = lists.get(list) ?? 0
    lastList = list
    positions[row] = position
  })
  return { words, hashes, lists: positions, entries }
}

/** Moves the distinct hashes together, in place, and gives hashes with several pairs a run of their own. */
function foldEqual(columns: Columns, lists: Uint32Array): Table {
  const { words, hashes, entries } = columns
  const rows = entries.length
  const runs = hasRuns(columns)
  const listOf = runs || lists.length > 1 ? listColumn(rows, lists.length) : null
  const several = new Growing()
  let count = 0
  for (let row = 0; row < rows; ) {
    const end = endOfRun(columns, row)
    if (count < row) hashes.copyWithin(count * words, row * words, (row + 1) * words)
    foldRun(columns, row, end, count, listOf, several)
    count++
    row = end
  }
  const kept = count === rows ? hashes : hashes.slice(0, count * words)
  const bucketBits = bucketBitsFor(count)
  return {
    words,
    hashCount: count,
    hashes: kept,
    buckets: bucketStarts(kept, words, bucketBits),
    bucketBits,
    lists,
    entryOf: isOwnNumber(entries, count, listOf) ? null : count === rows ? entries : entries.slice(0, count),
    listOf: listOf === null || count === rows ? listOf : listOf.slice(0, count),
    several: several.taken(),
  }
}

function foldRun(
  columns: Columns,
  row: number,
  end: number,
  count: number,
  listOf: ListColumn | null,
  several: Growing,
): void {
  const { lists, entries } = columns
  const list = lists?.[row] ?? 0
  if (end - row === 1 || compare(columns, row, end - 1) === 0) {
    entries[count] = entries[row] ?? 0
    if (listOf !== null) listOf[count] = list
    return
  }
  const start = several.length
  several.push(0)
  let pairs = 0
  for (let at = row; at < end; at++) {
    // The same entry said the same hash twice: one pair.
    if (at > row && compare(columns, at, at - 1) === 0) continue
    several.push(lists?.[at] ?? 0)
    several.push(entries[at] ?? 0)
    pairs++
  }
  several.set(start, pairs)
  entries[count] = start
  if (listOf !== null) listOf[count] = severalMark(listOf)
}

function endOfRun({ words, hashes, entries }: Columns, row: number): number {
  let end = row + 1
  while (end < entries.length && compareRow(hashes, row * words, hashes, end * words, words) === 0) end++
  return end
}

function hasRuns({ words, hashes, entries }: Columns): boolean {
  for (let row = 1; row < entries.length; row++) {
    if (compareRow(hashes, row * words, hashes, (row - 1) * words, words) === 0) return true
  }
  return false
}

/** A list that is sorted by its hashes needs no column of entries. */
function isOwnNumber(entries: Uint32Array, count: number, listOf: ListColumn | null): boolean {
  if (listOf !== null) return false
  for (let row = 0; row < count; row++) if (entries[row] !== row) return false
  return true
}

function bucketStarts(hashes: Uint32Array, words: number, bits: number): Uint32Array {
  const starts = new Uint32Array(2 ** bits + 1)
  let bucket = 0
  for (let at = 0, row = 0; at < hashes.length; at += words, row++) {
    const own = (hashes[at] ?? 0) >>> (32 - bits)
    while (bucket < own) starts[++bucket] = row
  }
  while (bucket + 1 < starts.length) starts[++bucket] = hashes.length / words
  return starts
}

/** A column whose length is not known before. */
class Growing {
  #column = new Uint32Array(0)
  length = 0

  push(value: number): void {
    if (this.length === this.#column.length) {
      const larger = new Uint32Array(Math.max(16, this.#column.length * 2))
      larger.set(this.#column)
      this.#column = larger
    }
    this.#column[this.length++] = value
  }

  set(at: number, value: number): void {
    this.#column[at] = value
  }

  taken(): Uint32Array {
    return this.#column.slice(0, this.length)
  }
}
