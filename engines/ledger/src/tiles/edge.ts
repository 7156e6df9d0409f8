import { CompactRange } from '../tree/compact-range.ts'
import { emptyRoot, entryHash, nodeHash } from '../tree/hash.ts'
import { readEntryBundle, writeEntryBundle } from './entry-bundle.ts'
import { entriesPath, tilePath, tileWidth } from './path.ts'

/** What lies at a path under the log's folder, or null. */
export type PathReader = (path: string) => Uint8Array | null

/**
 * The right edge of a log that lies in tiles (C2SP tlog-tiles): takes entries and gives the files that are new. It keeps
 * one tile of each level and one bundle of entries, however great the log is.
 */
export class TileEdge {
  readonly #range: CompactRange
  /** The hashes of the tile that is being filled, at each level of tiles. */
  readonly #open: Uint8Array[][]
  #entries: Uint8Array[]
  #filled: { readonly path: string; readonly bytes: Buffer }[] = []
  readonly #touched = new Set<number>()

  private constructor(range: CompactRange, open: Uint8Array[][], entries: Uint8Array[]) {
    this.#range = range
    this.#open = open
    this.#entries = entries
  }

  static empty(): TileEdge {
    return new TileEdge(CompactRange.empty(), [], [])
  }

  /** The edge of a log of `size` entries out of its files; null when they are not all there. Check the root. */
  static of(read: PathReader, size: number): TileEdge | null {
    const open: Uint8Array[][] = []
    for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth)) {
      const hashes = openTile(read, level, count)
      if (hashes === null) return null
      open.push(hashes)
    }
    const width = size % tileWidth
    const bundle = width === 0 ? null : readBundle(read, Math.floor(size / tileWidth), width)
    if (width > 0 && bundle === null) return null
    return new TileEdge(rangeOf(open, size), open, bundle ?? [])
  }

  get size(): number {
    return this.#range.size
  }

  root(): Uint8Array {
    return this.size === 0 ? emptyRoot : this.#range.root()
  }

  /** Throws when the entry is longer than an entry may be. */
  append(entry: Uint8Array): void {
    const place = this.size
    this.#entries.push(entry)
    if (this.#entries.length === tileWidth) {
      this.#filled.push({ path: entriesPath(Math.floor(place / tileWidth), tileWidth), bytes: this.#bundle() })
      this.#entries = []
    }
    this.#range.append(entryHash(entry), (level, index, hash) => {
      if (level % 8 === 0) this.#add(level / 8, index, Buffer.from(hash))
    })
  }

  /** The files that must lie there before a checkpoint of this size may be shown: all that came since `settle`. */
  pending(): { readonly path: string; readonly bytes: Buffer }[] {
    const partial = [...this.#touched].flatMap((level) => {
      const hashes = this.#open[level] ?? []
      const index = Math.floor(this.size / tileWidth ** (level + 1))
      if (hashes.length === 0) return []
      return [{ path: tilePath({ level, index, width: hashes.length }), bytes: Buffer.concat(hashes) }]
    })
    const last = this.#entries.length
    const bundle = { path: entriesPath(Math.floor(this.size / tileWidth), last), bytes: this.#bundle() }
    return [...this.#filled, ...partial, ...(this.#touched.has(0) && last > 0 ? [bundle] : [])]
  }

  /** The pending files are on disk. */
  settle(): void {
    this.#filled = []
    this.#touched.clear()
  }

  #add(level: number, index: number, hash: Uint8Array): void {
    const hashes = this.#open[level] ?? []
    this.#open[level] = hashes
    this.#touched.add(level)
    hashes.push(hash)
    if (hashes.length < tileWidth) return
    const path = tilePath({ level, index: Math.floor(index / tileWidth), width: tileWidth })
    this.#filled.push({ path, bytes: Buffer.concat(hashes) })
    this.#open[level] = []
  }

  #bundle(): Buffer {
    return writeEntryBundle(this.#entries)
  }
}

/** A full file serves where a partial one was asked for: partial ones are taken away once it is there. */
const readPart = (read: PathReader, path: (width: number) => string, width: number): Uint8Array | null =>
  read(path(width)) ?? read(path(tileWidth))

function openTile(read: PathReader, level: number, count: number): Uint8Array[] | null {
  const width = count % tileWidth
  if (width === 0) return []
  const index = Math.floor(count / tileWidth)
  const bytes = readPart(read, (wide) => tilePath({ level, index, width: wide }), width)
  if (bytes === null || bytes.length < 32 * width) return null
  return Array.from({ length: width }, (_, at) => bytes.subarray(32 * at, 32 * at + 32))
}

function readBundle(read: PathReader, index: number, width: number): Uint8Array[] | null {
  const bytes = readPart(read, (wide) => entriesPath(index, wide), width)
  const entries = bytes === null ? null : readEntryBundle(bytes)
  return entries?.ok === true && entries.value.length >= width ? entries.value.slice(0, width) : null
}

/** Every full subtree at the right edge lies within one open tile. */
function rangeOf(open: readonly Uint8Array[][], size: number): CompactRange {
  const hashAt = (level: number, index: number): Uint8Array => {
    const hashes = open[Math.floor(level / 8)] ?? []
    const height = 2 ** (level % 8)
    const first = (index * height) % tileWidth
    return subtree(hashes.slice(first, first + height))
  }
  return CompactRange.of(hashAt, size)
}

function subtree(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes
  if (first === undefined) throw new RangeError('an open tile is shorter than the size says')
  if (hashes.length === 1) return first
  const middle = hashes.length / 2
  return nodeHash(subtree(hashes.slice(0, middle)), subtree(hashes.slice(middle)))
}
