import { compareRow, type Table } from './table.ts'

/** Searching within larger buckets is done by halves: lists whose hashes crowd stay fast. */
const scanned = 16

/**
 * The row of the hash in `key`, or -1. Makes no object. One loop for each width, written out: with a width that varies
 * the same loop takes twice as long.
 */
export function findRow(table: Table, key: Uint32Array): number {
  const bucket = (key[0] ?? 0) >>> (32 - table.bucketBits)
  return findBetween(table, key, table.buckets[bucket] ?? 0, table.buckets[bucket + 1] ?? 0)
}

/** The same, when the bucket's rows are known. */
export function findBetween(table: Table, key: Uint32Array, row: number, end: number): number {
  const { hashes, words } = table
  if (end - row > scanned) return findInCrowd(table, key, row, end)
  if (words === 5) return scan5(hashes, key, row, end)
  return words === 4 ? scan4(hashes, key, row, end) : scan8(hashes, key, row, end)
}

function scan4(hashes: Uint32Array, key: Uint32Array, start: number, end: number): number {
  const a = key[0]
  const b = key[1]
  const c = key[2]
  const d = key[3]
  for (let row = start; row < end; row++) {
    const at = row * 4
    if (hashes[at] === a && hashes[at + 1] === b && hashes[at + 2] === c && hashes[at + 3] === d) return row
  }
  return -1
}

function scan5(hashes: Uint32Array, key: Uint32Array, start: number, end: number): number {
  const a = key[0]
  const b = key[1]
  const c = key[2]
  const d = key[3]
  const e = key[4]
  for (let row = start; row < end; row++) {
    const at = row * 5
    if (hashes[at] !== a || hashes[at + 1] !== b) continue
    if (hashes[at + 2] === c && hashes[at + 3] === d && hashes[at + 4] === e) return row
  }
  return -1
}

function scan8(hashes: Uint32Array, key: Uint32Array, start: number, end: number): number {
  const a = key[0]
  const b = key[1]
  const c = key[2]
  const d = key[3]
  for (let row = start; row < end; row++) {
    const at = row * 8
    if (hashes[at] !== a || hashes[at + 1] !== b || hashes[at + 2] !== c || hashes[at + 3] !== d) continue
    if (compareRow(hashes, at + 4, key, 4, 4) === 0) return row
  }
  return -1
}

function findInCrowd({ hashes, words }: Table, key: Uint32Array, start: number, end: number): number {
  let low = start
  let high = end
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const order = compareRow(hashes, middle * words, key, 0, words)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle
  }
  return -1
}
