/**
 * Looks up many exact hashes at once: filter, bucket, rows. Each step is done for all queries of a batch before the next
 * one, and none of the first two branches on what it reads, so that the processor waits for many memory lines together.
 *
 * Rows are words in the machine's order, sorted; queries are the bytes of hashes, so their words are turned.
 */

let words: i32 = 0
let rowBytes: usize = 0
let rowsAt: usize = 0
let bucketsAt: usize = 0
let bucketShift: u32 = 0
let filterAt: usize = 0
let filterSeed: u32 = 0
let segmentLength: u32 = 0
let filterScale: f64 = 0
let queriesAt: usize = 0
/** Where a row's entry stands; 0: the entry is the row's own number. */
let entriesAt: usize = 0
/** Three words a query: its number, then first row and end of its bucket, at last its row and entry. */
let candidatesAt: usize = 0
let rowsOfAt: usize = 0
let entriesOfAt: usize = 0
let orderAt: usize = 0
let groupsAt: usize = 0

let fetched: u32 = 0

const RECORD: usize = 12
const NONE: u32 = 0xffffffff
/** Fewer queries lie too far apart in the table for their order to matter. */
const ORDERED_FROM: i32 = 2048
const GROUP_SHIFT: u32 = 22
const GROUPS: usize = 1024
/** A bucket is narrowed by halves until it is no longer than this. */
const SCANNED: u32 = 16

export function table(width: i32, rows: usize, buckets: usize, bits: u32, entries: usize): void {
  entriesAt = entries
  words = width
  rowBytes = (<usize>width) << 2
  rowsAt = rows
  bucketsAt = buckets
  bucketShift = 32 - bits
}

/** `at` 0: there is no filter. */
export function filter(at: usize, seed: u32, length: u32, span: f64): void {
  filterAt = at
  filterSeed = seed
  segmentLength = length
  filterScale = span / 4294967296.0
}

/** `rest`: three words for each of `most` queries, and `GROUPS` + 1 more. */
export function scratch(queries: usize, candidates: usize, rest: usize, most: usize): void {
  queriesAt = queries
  candidatesAt = candidates
  rowsOfAt = rest
  entriesOfAt = rest + (most << 2)
  orderAt = rest + (most << 3)
  groupsAt = rest + most * 12
}

/** Number of queries that are in the table; number, row and entry of each stand at `candidates`, in their order. */
export function find(queries: i32): i32 {
  const isOrdered = queries >= ORDERED_FROM
  if (isOrdered) order(queries)
  const candidates = sieve(queries, isOrdered)
  openBuckets(candidates)
  memory.fill(rowsOfAt, 0xff, (<usize>queries) << 2)
  for (let index: i32 = 0; index < candidates; index++) {
    const at = candidatesAt + (<usize>index) * RECORD
    const query = load<u32>(at)
    const row = rowOf(queriesAt + (<usize>query) * rowBytes, load<u32>(at, 4), load<u32>(at, 8))
    store<u32>(rowsOfAt + ((<usize>query) << 2), row)
    // Entries lie as the rows do: read now, while the queries are in the order of the table.
    if (row != NONE && entriesAt != 0) {
      store<u32>(entriesOfAt + ((<usize>query) << 2), load<u32>(entriesAt + ((<usize>row) << 2)))
    }
  }
  let found: i32 = 0
  for (let query: i32 = 0; query < queries; query++) {
    const row = load<u32>(rowsOfAt + ((<usize>query) << 2))
    const to = candidatesAt + (<usize>found) * RECORD
    store<u32>(to, query)
    store<u32>(to, row, 4)
    store<u32>(to, entriesAt == 0 ? row : load<u32>(entriesOfAt + ((<usize>query) << 2)), 8)
    found += i32(row != NONE)
  }
  return found
}

/** Numbers of the queries by the first bits of their hashes, so that neighbours in the table are asked for together. */
function order(queries: i32): void {
  memory.fill(groupsAt, 0, (GROUPS + 1) << 2)
  for (let query: i32 = 0, at = queriesAt; query < queries; query++, at += rowBytes) {
    const group = groupsAt + ((<usize>(wordAt(at) >>> GROUP_SHIFT)) << 2)
    store<u32>(group, load<u32>(group, 4) + 1, 4)
  }
  for (let group: usize = 1; group <= GROUPS; group++) {
    const at = groupsAt + (group << 2)
    store<u32>(at, load<u32>(at) + load<u32>(at - 4))
  }
  for (let query: i32 = 0, at = queriesAt; query < queries; query++, at += rowBytes) {
    const group = groupsAt + ((<usize>(wordAt(at) >>> GROUP_SHIFT)) << 2)
    const place = load<u32>(group)
    store<u32>(group, place + 1)
    store<u32>(orderAt + ((<usize>place) << 2), query)
  }
}

// @ts-ignore: decorator
@inline
function wordAt(at: usize): u32 {
  return bswap<u32>(load<u32>(at))
}

// @ts-ignore: decorator
@inline
function mix(value: u32): u32 {
  let x = (value ^ (value >>> 16)) * 0x7feb352d
  x = (x ^ (x >>> 15)) * 0x846ca68b
  return x ^ (x >>> 16)
}

/** The binary fuse filter of src/exact/fuse-filter.ts, place for place. */
function sieve(queries: i32, isOrdered: bool): i32 {
  let kept: i32 = 0
  for (let index: i32 = 0; index < queries; index++) {
    const query: u32 = isOrdered ? load<u32>(orderAt + ((<usize>index) << 2)) : index
    const at = queriesAt + (<usize>query) * rowBytes
    store<u32>(candidatesAt + (<usize>kept) * RECORD, query)
    let differs: u32 = 0
    if (filterAt != 0) {
      const first = wordAt(at)
      const second = wordAt(at + 4)
      const a = filterSeed == 0 ? first : mix(first ^ mix(second + filterSeed * 0x9e3779b9))
      const b = mix(second ^ a)
      const mask = segmentLength - 1
      const place0 = u32((<f64>a) * filterScale)
      const place1 = (place0 + segmentLength) ^ (b & mask)
      const place2 = (place0 + 2 * segmentLength) ^ ((b >>> 14) & mask)
      const print = (a * 0x9e3779b1 + b * 0x85ebca77) >>> 24
      differs =
        (<u32>load<u8>(filterAt + place0)) ^
        (<u32>load<u8>(filterAt + place1)) ^
        (<u32>load<u8>(filterAt + place2)) ^
        print
    }
    kept += i32(differs == 0)
  }
  return kept
}

function openBuckets(candidates: i32): void {
  for (let index: i32 = 0; index < candidates; index++) {
    const at = candidatesAt + (<usize>index) * RECORD
    const bucket = wordAt(queriesAt + (<usize>load<u32>(at)) * rowBytes) >>> bucketShift
    const start = bucketsAt + ((<usize>bucket) << 2)
    store<u32>(at, load<u32>(start), 4)
    store<u32>(at, load<u32>(start, 4), 8)
  }
  // Reads that do not wait for each other, before any row is compared; the sum keeps them from being left out.
  let sum: u32 = 0
  for (let index: i32 = 0; index < candidates; index++) {
    const row = load<u32>(candidatesAt + (<usize>index) * RECORD, 4)
    sum ^= load<u32>(rowsAt + (<usize>row) * rowBytes)
  }
  fetched = sum
}

function rowOf(query: usize, start: u32, end: u32): u32 {
  const first = i8x16.swizzle(v128.load(query), i8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12))
  let row = end - start > SCANNED ? narrowed(query, start, end) : start
  if (words == 5) {
    const last = wordAt(query + 16)
    for (; row < end; row++) {
      const at = rowsAt + (<usize>row) * 20
      if (i32x4.all_true(i32x4.eq(v128.load(at), first)) && load<u32>(at, 16) == last) return row
      if (load<u32>(at) > <u32>i32x4.extract_lane(first, 0)) break
    }
    return NONE
  }
  if (words == 4) {
    for (; row < end; row++) {
      const at = rowsAt + ((<usize>row) << 4)
      if (i32x4.all_true(i32x4.eq(v128.load(at), first))) return row
      if (load<u32>(at) > <u32>i32x4.extract_lane(first, 0)) break
    }
    return NONE
  }
  const second = i8x16.swizzle(v128.load(query, 16), i8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12))
  for (; row < end; row++) {
    const at = rowsAt + ((<usize>row) << 5)
    if (i32x4.all_true(i32x4.eq(v128.load(at), first)) && i32x4.all_true(i32x4.eq(v128.load(at, 16), second))) return row
    if (load<u32>(at) > <u32>i32x4.extract_lane(first, 0)) break
  }
  return NONE
}

/** The first row that is not before the query. */
function narrowed(query: usize, start: u32, end: u32): u32 {
  let low = start
  let high = end
  while (low < high) {
    const middle = low + ((high - low) >>> 1)
    if (isBefore(rowsAt + (<usize>middle) * rowBytes, query)) low = middle + 1
    else high = middle
  }
  return low
}

function isBefore(row: usize, query: usize): bool {
  for (let word: usize = 0; word < rowBytes; word += 4) {
    const left = load<u32>(row + word)
    const right = wordAt(query + word)
    if (left != right) return left < right
  }
  return false
}
