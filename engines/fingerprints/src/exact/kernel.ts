import type { FuseFilter } from './fuse-filter.ts'
import { bytesOf, type HashKind } from './hash-kind.ts'
import { kernelBase64 } from './kernel.generated.ts'
import type { Table } from './table.ts'

/** Queries of one call: enough to keep the memory busy, few enough to stay near the processor. */
export const kernelBatch = 16_384

/** Words of one answer in `found`. */
export const foundWords = 3

const pageBytes = 65_536
const mostBytes = 65_536 * pageBytes
const longestHash = 32
/** Below this the plain path answers as fast, and a small list shall not pay for a memory of its own. */
const smallestTable = 4096

interface Exported {
  readonly memory: WebAssembly.Memory
  table(words: number, rows: number, buckets: number, bits: number, entries: number): void
  filter(at: number, seed: number, length: number, span: number): void
  scratch(queries: number, candidates: number, rest: number, most: number): void
  find(queries: number): number
}

let compiled: WebAssembly.Module | null | undefined

function moduleOf(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0))
    compiled = typeof WebAssembly === 'object' && WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
  }
  return compiled
}

/** The compiled lookup on a memory that holds hashes, buckets and filter. */
export class ExactKernel {
  /** The same table and filter, their large columns now in the kernel's memory. */
  readonly table: Table
  readonly filter: FuseFilter | null
  readonly #queries: Uint8Array
  readonly #found: Uint32Array
  readonly #exported: Exported

  private constructor(
    exported: Exported,
    queries: Uint8Array,
    found: Uint32Array,
    table: Table,
    filter: FuseFilter | null,
  ) {
    this.#exported = exported
    this.#queries = queries
    this.#found = found
    this.table = table
    this.filter = filter
  }

  /** Null where this machine runs no vectors, the table is small, or it is larger than such a memory can be. */
  static of(kind: HashKind, table: Table, filter: FuseFilter | null): ExactKernel | null {
    const module = table.hashCount < smallestTable ? null : moduleOf()
    if (module === null) return null
    const exported = new WebAssembly.Instance(module, {}).exports
    if (!isKernel(exported)) return null
    const places = new Places()
    const queries = places.take(kernelBatch * longestHash)
    const found = places.take(kernelBatch * 4 * foundWords)
    const rest = places.take((kernelBatch * 3 + 1025) * 4)
    const filterAt = places.take(filter?.bytes.length ?? 0)
    const buckets = places.take(table.buckets.byteLength)
    const rows = places.take(table.hashes.byteLength)
    const entries = table.entryOf === null ? 0 : places.take(table.entryOf.byteLength)
    const { memory } = exported
    // A vector read at the last row may look past it.
    const pages = Math.ceil((places.end + 16) / pageBytes) - memory.buffer.byteLength / pageBytes
    if (places.end + 16 > mostBytes || !grown(memory, pages)) return null
    const { buffer } = memory
    const wide = new Uint32Array(buffer, rows, table.hashes.length)
    wide.set(table.hashes)
    const starts = new Uint32Array(buffer, buckets, table.buckets.length)
    starts.set(table.buckets)
    const entryOf = table.entryOf === null ? null : new Uint32Array(buffer, entries, table.entryOf.length)
    if (table.entryOf !== null) entryOf?.set(table.entryOf)
    exported.table(table.words, rows, buckets, table.bucketBits, entries)
    exported.scratch(queries, found, rest, kernelBatch)
    const moved = filter?.movedTo(new Uint8Array(buffer, filterAt, filter.bytes.length)) ?? null
    if (moved !== null) exported.filter(filterAt, moved.shape.seed, moved.shape.segmentLength, moved.shape.span)
    return new ExactKernel(
      exported,
      new Uint8Array(buffer, queries, kernelBatch * bytesOf[kind]),
      new Uint32Array(buffer, found, kernelBatch * foundWords),
      { ...table, hashes: wide, buckets: starts, entryOf },
      moved,
    )
  }

  /** Of at most `kernelBatch` hashes one after the other: how many are in the table. */
  find(hashes: Uint8Array, length: number): number {
    this.#queries.set(hashes)
    return this.#exported.find(hashes.length / length)
  }

  /** Number of the query, its row, and that row's entry, of each that was found. */
  get found(): Uint32Array {
    return this.#found
  }
}

/** Places one behind the other, each on a line of the cache. */
class Places {
  end = 1024

  take(bytes: number): number {
    const at = this.end
    this.end = Math.ceil((at + bytes) / 64) * 64
    return at
  }
}

function grown(memory: WebAssembly.Memory, pages: number): boolean {
  try {
    if (pages > 0) memory.grow(pages)
    return true
  } catch {
    return false
  }
}

function isKernel(exports: object): exports is Exported {
  return ['memory', 'table', 'filter', 'scratch', 'find'].every((name) => name in exports)
}
