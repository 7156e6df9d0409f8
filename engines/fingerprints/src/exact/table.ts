/**
 * The sorted part of an index as plain columns: what is saved, and what lookups read.
 * Nothing here changes after building, except pairs taken out (see segment.ts).
 */
export interface Table {
  readonly words: number
  readonly hashCount: number
  /** `hashCount` rows of `words` words, sorted, each hash once. */
  readonly hashes: Uint32Array
  /** Row where each bucket begins, and the end; a bucket is all hashes that share the first `bucketBits` bits. */
  readonly buckets: Uint32Array
  readonly bucketBits: number
  /** Handles of the lists; a column `listOf` holds positions in here. */
  readonly lists: Uint32Array
  /** Per hash its entry, or where its pairs begin in `several`. Null: the entry is the row's own number. */
  readonly entryOf: Uint32Array | null
  /** Per hash its list, or `severalMark`. Null: all hashes stand once, on the only list. */
  readonly listOf: ListColumn | null
  /** Number of pairs, then list and entry of each. */
  readonly several: Uint32Array
}

export type ListColumn = Uint8Array | Uint16Array | Uint32Array

/** The largest value of the column's type is kept for "several". */
export const severalMark = (column: ListColumn): number => 2 ** (8 * column.BYTES_PER_ELEMENT) - 1

export function listColumn(length: number, lists: number): ListColumn {
  if (lists <= 0xff) return new Uint8Array(length)
  return lists <= 0xffff ? new Uint16Array(length) : new Uint32Array(length)
}

/** About 2 to 4 hashes in a bucket: the offsets then cost 0.9 to 1.8 bytes a hash. */
export const bucketBitsFor = (hashes: number): number =>
  Math.max(1, Math.min(30, Math.floor(Math.log2(Math.max(1, hashes) * 0.45))))

/** Negative, zero or positive. Never the difference itself: it may not fit a small integer and would be an object. */
export function compareRow(a: Uint32Array, atA: number, b: Uint32Array, atB: number, words: number): number {
  for (let word = 0; word < words; word++) {
    const left = a[atA + word] ?? 0
    const right = b[atB + word] ?? 0
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}
