import { compareRow } from './table.ts'

/** Rows being sorted: hash words with the list's position and the entry beside them. */
export interface Columns {
  readonly words: number
  readonly hashes: Uint32Array
  /** Null while all rows are of one list. */
  readonly lists: Uint32Array | null
  readonly entries: Uint32Array
}

/** A bucket holds a few rows; only crowded ones are worth more than insertion. */
const insertedAtMost = 32

/** Sorts rows `start` to `end` by hash, then list, then entry. */
export function sortRows(columns: Columns, start: number, end: number): void {
  if (end - start > insertedAtMost) {
    sortCrowd(columns, start, end)
    return
  }
  for (let row = start + 1; row < end; row++) {
    for (let at = row; at > start && compare(columns, at, at - 1) < 0; at--) swap(columns, at, at - 1)
  }
}

export function compare(columns: Columns, a: number, b: number): number {
  const { words, hashes, lists, entries } = columns
  return (
    compareRow(hashes, a * words, hashes, b * words, words) ||
    (lists === null ? 0 : (lists[a] ?? 0) - (lists[b] ?? 0)) ||
    (entries[a] ?? 0) - (entries[b] ?? 0)
  )
}

function swap({ words, hashes, lists, entries }: Columns, a: number, b: number): void {
  for (let word = 0; word < words; word++) exchange(hashes, a * words + word, b * words + word)
  exchange(entries, a, b)
  if (lists !== null) exchange(lists, a, b)
}

function exchange(column: Uint32Array, a: number, b: number): void {
  const kept = column[a] ?? 0
  column[a] = column[b] ?? 0
  column[b] = kept
}

function sortCrowd(columns: Columns, start: number, end: number): void {
  const { words, hashes, lists, entries } = columns
  const order = Uint32Array.from({ length: end - start }, (_, index) => start + index)
  order.sort((a, b) => compare(columns, a, b))
  const oldHashes = hashes.slice(start * words, end * words)
  const oldEntries = entries.slice(start, end)
  const oldLists = lists?.slice(start, end)
  for (const [index, from] of order.entries()) {
    const old = from - start
    hashes.set(oldHashes.subarray(old * words, (old + 1) * words), (start + index) * words)
    entries[start + index] = oldEntries[old] ?? 0
    if (lists !== null && oldLists !== undefined) lists[start + index] = oldLists[old] ?? 0
  }
}
