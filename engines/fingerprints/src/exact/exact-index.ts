import { findBetween } from './find-row.ts'
import { bytesOf, type HashKind, wordAt, wordsFromBytes, wordsFromHex, wordsOf } from './hash-kind.ts'
import { foundWords, kernelBatch } from './kernel.ts'
import { isHandle, type Listed, RowBlocks, type RowSource } from './rows.ts'
import { type Lookup, type PairVisitor, Segment } from './segment.ts'
import { Tail } from './tail.ts'

const nothing: readonly Listed[] = Object.freeze([])
/** Queries looked at together, so that the processor waits for many memory lines at once. */
const batchLength = 256

export interface ExactSizes {
  /** Standing (list, entry) pairs. */
  readonly pairs: number
  /** Distinct hashes in the sorted part, and in the tail of fresh additions. */
  readonly sortedHashes: number
  readonly freshHashes: number
  readonly bytes: {
    readonly hashes: number
    readonly buckets: number
    readonly filter: number
    readonly entries: number
    readonly fresh: number
  }
}

/**
 * Which entries of which lists have this hash? Exact: nothing missed, nothing invented.
 * A hash is given as its bytes or as hex of either case; anything else is a mistake of the caller.
 */
export class ExactIndex {
  readonly kind: HashKind
  readonly #words: number
  readonly #key: Uint32Array
  #segment: Segment
  #tail: Tail
  readonly #candidates = new Uint32Array(batchLength)
  readonly #starts = new Uint32Array(batchLength)
  readonly #ends = new Uint32Array(batchLength)
  /** Keeps the reads of a batch from being optimised away. */
  #fetched = 0

  readonly #lookup: Lookup

  constructor(kind: HashKind, segment?: Segment, lookup: Lookup = 'kernel') {
    this.#lookup = lookup
    this.kind = kind
    this.#words = wordsOf[kind]
    this.#key = new Uint32Array(this.#words)
    this.#segment = segment ?? Segment.build(kind, new RowBlocks(this.#words), lookup)
    this.#tail = new Tail(this.#words)
  }

  /** Every standing (list, entry) pair of a hash, by list and entry. */
  lookup(hash: Uint8Array | string, at = 0): readonly Listed[] {
    this.#read(hash, at)
    const row = this.#segment.find(this.#key)
    const fresh = this.#tail.find(this.#key)
    if (row < 0 && fresh < 0) return nothing
    const found: Listed[] = []
    this.#pairs(row, fresh, (list, entry) => found.push({ list, entry }))
    return found.sort((a, b) => a.list - b.list || a.entry - b.entry)
  }

  has(hash: Uint8Array | string, at = 0): boolean {
    this.#read(hash, at)
    const row = this.#segment.find(this.#key)
    const fresh = this.#tail.find(this.#key)
    return (row >= 0 && this.#segment.stands(row)) || (fresh >= 0 && this.#tail.stands(fresh))
  }

  /**
   * Looks up hashes that stand one after the other in `hashes`. `visit` is told of every pair, in no fixed order
   * within one query; queries come in ascending order. Gives the number of queries with at least one pair.
   */
  lookupBatch(hashes: Uint8Array, visit: (query: number, list: number, entry: number) => void): number {
    const length = bytesOf[this.kind]
    if (hashes.length % length !== 0) throw new RangeError(`A ${this.kind} batch is a multiple of ${length} bytes`)
    const queries = hashes.length / length
    let hits = 0
    let query = -1
    let lastHit = -1
    const tell: PairVisitor = (list, entry) => {
      if (lastHit !== query) hits++
      lastHit = query
      visit(query, list, entry)
    }
    const { kernel } = this.#segment
    if (kernel !== null) {
      const hasFresh = this.#tail.hashCount > 0
      for (let start = 0; start < queries; start += kernelBatch) {
        const found = kernel.find(hashes.subarray(start * length, (start + kernelBatch) * length), length)
        // A copy: whoever is told may ask this index again.
        const rows = kernel.found.slice(0, foundWords * found)
        const only = this.#segment.onlyList
        const end = Math.min(queries, start + kernelBatch)
        const tellFresh = (until: number): void => {
          for (; hasFresh && query < until; query++) {
            wordsFromBytes(hashes, query * length, this.#words, this.#key)
            const fresh = this.#tail.find(this.#key)
            if (fresh >= 0) this.#tail.pairsOf(fresh, tell)
          }
        }
        query = start
        for (let at = 0; at < rows.length; at += foundWords) {
          const sorted = start + (rows[at] ?? 0)
          tellFresh(sorted)
          query = sorted
          if (only < 0) this.#segment.pairsOf(rows[at + 1] ?? 0, tell)
          else tell(only, rows[at + 2] ?? 0)
        }
        tellFresh(end)
      }
      return hits
    }
    for (let start = 0; start < queries; start += batchLength) {
      const candidates = this.#sieve(hashes, start, Math.min(queries, start + batchLength))
      this.#fetch(hashes, candidates)
      const { table } = this.#segment
      for (let index = 0; index < candidates; index++) {
        query = this.#candidates[index] ?? 0
        wordsFromBytes(hashes, query * length, this.#words, this.#key)
        const row = findBetween(table, this.#key, this.#starts[index] ?? 0, this.#ends[index] ?? 0)
        this.#pairs(row, this.#tail.find(this.#key), tell)
      }
    }
    return hits
  }

  /** True when the pair is new. */
  add(hash: Uint8Array | string, list: number, entry: number): boolean {
    refuseBadPair(list, entry)
    this.#read(hash, 0)
    const row = this.#segment.find(this.#key)
    if (row >= 0 && this.#segment.holds(row, list, entry)) return false
    return this.#tail.add(this.#key, list, entry)
  }

  /** True when the pair stood. */
  remove(hash: Uint8Array | string, list: number, entry: number): boolean {
    this.#read(hash, 0)
    const row = this.#segment.find(this.#key)
    if (row >= 0 && this.#segment.remove(row, list, entry)) return true
    const fresh = this.#tail.find(this.#key)
    return fresh >= 0 && this.#tail.remove(fresh, list, entry)
  }

  /** Takes out every pair of a list at once; gives how many there were. The list's handle can be used again. */
  withdraw(list: number): number {
    return this.#segment.withdraw(list) + this.#tail.withdraw(list)
  }

  /** Sorts fresh additions in and drops what was taken out. Needs room for a second index while it runs. */
  compact(): void {
    if (this.isCompact) return
    this.#segment = Segment.build(this.kind, both(this.#segment, this.#tail), this.#lookup)
    this.#tail = new Tail(this.#words)
  }

  get isCompact(): boolean {
    return this.#tail.hashCount === 0 && !this.#segment.changed
  }

  /** A trace of the last batch's reads; of no meaning. */
  get fetched(): number {
    return this.#fetched
  }

  /** Advice: the fresh part is large enough that compacting makes lookups faster and memory smaller. */
  get wantsCompacting(): boolean {
    return this.#tail.hashCount > 65_536 && this.#tail.hashCount > this.#segment.table.hashCount / 8
  }

  /** The sorted part, as saved; compact first. */
  get segment(): Segment {
    return this.#segment
  }

  /** Standing pairs of each list. */
  pairsPerList(): ReadonlyMap<number, number> {
    const counts = new Map(this.#segment.listed())
    this.#tail.each((_, __, list) => counts.set(list, (counts.get(list) ?? 0) + 1))
    return counts
  }

  sizes(): ExactSizes {
    const { table, filter } = this.#segment
    return {
      pairs: this.#segment.rows + this.#tail.rows,
      sortedHashes: table.hashCount,
      freshHashes: this.#tail.hashCount,
      bytes: {
        hashes: table.hashes.byteLength,
        buckets: table.buckets.byteLength,
        filter: filter?.bytes.byteLength ?? 0,
        entries: (table.entryOf?.byteLength ?? 0) + (table.listOf?.byteLength ?? 0) + table.several.byteLength,
        fresh: this.#tail.byteLength,
      },
    }
  }

  /** Keeps the queries that the filter lets pass, or that may be in the tail. */
  #sieve(hashes: Uint8Array, start: number, end: number): number {
    const { filter } = this.#segment
    const length = bytesOf[this.kind]
    const candidates = this.#candidates
    let count = 0
    if (filter === null || this.#tail.hashCount > 0) {
      for (let query = start; query < end; query++) candidates[count++] = query
      return count
    }
    for (let query = start, at = start * length; query < end; query++, at += length) {
      candidates[count] = query
      // Adds 1 when the difference is 0. Which ones pass cannot be foretold, so a branch would stall.
      count += (filter.difference(wordAt(hashes, at), wordAt(hashes, at + 4)) - 1) >>> 31
    }
    return count
  }

  /** Reads of each candidate's bucket, independent of each other, before any is compared. */
  #fetch(hashes: Uint8Array, candidates: number): void {
    const { buckets, bucketBits, hashes: rows, words } = this.#segment.table
    const length = bytesOf[this.kind]
    for (let index = 0; index < candidates; index++) {
      const bucket = wordAt(hashes, (this.#candidates[index] ?? 0) * length) >>> (32 - bucketBits)
      this.#starts[index] = buckets[bucket] ?? 0
      this.#ends[index] = buckets[bucket + 1] ?? 0
    }
    let fetched = 0
    for (let index = 0; index < candidates; index++) fetched ^= rows[(this.#starts[index] ?? 0) * words] ?? 0
    this.#fetched = fetched
  }

  #pairs(row: number, fresh: number, visit: PairVisitor): void {
    if (row >= 0) this.#segment.pairsOf(row, visit)
    if (fresh >= 0) this.#tail.pairsOf(fresh, visit)
  }

  #read(hash: Uint8Array | string, at: number): void {
    if (typeof hash === 'string') {
      if (!wordsFromHex(hash, this.#words, this.#key)) throw new RangeError(`Not a ${this.kind} in hex`)
      return
    }
    if (at + bytesOf[this.kind] > hash.length || (at === 0 && hash.length % bytesOf[this.kind] !== 0)) {
      throw new RangeError(`Not a ${this.kind}: ${hash.length} bytes`)
    }
    wordsFromBytes(hash, at, this.#words, this.#key)
  }
}

/** Collects entries without an object each and builds the index once. */
export class ExactBuilder {
  readonly kind: HashKind
  readonly #words: number
  readonly #key: Uint32Array
  readonly #rows: RowBlocks

  constructor(kind: HashKind) {
    this.kind = kind
    this.#words = wordsOf[kind]
    this.#key = new Uint32Array(this.#words)
    this.#rows = new RowBlocks(this.#words)
  }

  get rows(): number {
    return this.#rows.rows
  }

  add(hash: Uint8Array | string, list: number, entry: number): void {
    if (typeof hash !== 'string') {
      if (hash.length !== bytesOf[this.kind]) throw new RangeError(`Not a ${this.kind}: ${hash.length} bytes`)
      this.addColumn(hash, list, entry)
      return
    }
    refuseBadPair(list, entry)
    if (!wordsFromHex(hash, this.#words, this.#key)) throw new RangeError(`Not a ${this.kind} in hex`)
    this.#rows.push(this.#key, 0, list, entry)
  }

  /** Hashes one after the other; their entries count up from `entry`, or stand in a column. */
  addColumn(hashes: Uint8Array, list: number, entry: number | Uint32Array): void {
    const length = bytesOf[this.kind]
    const count = hashes.length / length
    if (!Number.isInteger(count)) throw new RangeError(`A ${this.kind} column is a multiple of ${length} bytes`)
    if (typeof entry === 'number') refuseBadPair(list, entry + Math.max(0, count - 1))
    else if (entry.length !== count) throw new RangeError('One entry for each hash is needed')
    refuseBadPair(list, typeof entry === 'number' ? entry : 0)
    for (let row = 0, at = 0; row < count; row++, at += length) {
      wordsFromBytes(hashes, at, this.#words, this.#key)
      this.#rows.push(this.#key, 0, list, typeof entry === 'number' ? entry + row : (entry[row] ?? 0))
    }
  }

  build(lookup: Lookup = 'kernel'): ExactIndex {
    return new ExactIndex(this.kind, Segment.build(this.kind, this.#rows, lookup), lookup)
  }
}

const both = (first: RowSource, second: RowSource): RowSource => ({
  rows: first.rows + second.rows,
  each(visit) {
    first.each(visit)
    second.each(visit)
  },
})

function refuseBadPair(list: number, entry: number): void {
  if (!isHandle(list) || !isHandle(entry)) throw new RangeError('List and entry are unsigned 32-bit numbers')
}
