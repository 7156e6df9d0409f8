import { hashBytes } from '../bits/index.ts'
import { type Kernel, kernelOn } from './kernel.ts'
import { budgetsFor, type Plan, plans, probesOf } from './plan.ts'

/** What a thread must know of a table to search it. */
export interface Searchable {
  readonly memory: WebAssembly.Memory
  readonly plan: Plan['name'] | 'tail'
}

/** Where a thread may write in a table's memory. */
export interface Scratch {
  readonly at: number
  /** Room for many queries and their probes; 0 until it is needed. */
  readonly bulkAt: number
}

const mostQueries = 16_384
const tailQueries = 512
const countBytes = 65_537 * 4
const mostProbes = 2 ** 20
const MORE = 0x80000000
const widestByPlanes = 36
/** Sorting probes by bucket pays from here on. */
const fewQueries = 256

export const scratchBytes = 128 + 2048 * 8 + 4096 * 12 + 64 * 16 + 4096 * 8
export const bulkBytesOf = (plan: Searchable['plan']): number =>
  plan === 'tail' ? tailQueries * hashBytes : mostQueries * hashBytes + countBytes + 60 + mostProbes * 8

/** Hits as they come from the kernel: query, table, row, distance with the band above bit 16 (255: scanned). */
export class Hits {
  numbers = new Uint32Array(64)
  length = 0
  clear(): void {
    this.length = 0
  }
  add(query: number, table: number, row: number, found: number): void {
    if (this.length + 4 > this.numbers.length) {
      const larger = new Uint32Array(this.numbers.length * 2)
      larger.set(this.numbers)
      this.numbers = larger
    }
    this.numbers[this.length] = query
    this.numbers[this.length + 1] = table
    this.numbers[this.length + 2] = row
    this.numbers[this.length + 3] = found
    this.length += 4
  }
  taken(): Uint32Array {
    return this.numbers.slice(0, this.length)
  }
}

/** One thread's search in one table. */
export class Searcher {
  readonly #memory: WebAssembly.Memory
  readonly #plan: Plan | null
  readonly #kernel: Kernel
  readonly #scratch: Scratch
  readonly #query: Uint8Array
  readonly #budgets: Uint8Array
  readonly #results: Uint32Array
  #bulk: Uint8Array | null = null
  #radius = -1
  #scans = false

  constructor(searched: Searchable, scratch: Scratch) {
    this.#memory = searched.memory
    this.#plan = searched.plan === 'tail' ? null : plans[searched.plan]
    this.#kernel = kernelOn(searched.memory)
    this.#scratch = scratch
    this.#kernel.attach(scratch.at)
    if (this.#kernel.scratchBytes() !== scratchBytes) throw new Error('The kernel needs another scratch area')
    this.#query = new Uint8Array(this.#memory.buffer, scratch.at, hashBytes)
    this.#budgets = new Uint8Array(this.#memory.buffer, scratch.at + 64, 16)
    // Addresses come back as signed numbers: above 2 GiB they would be negative.
    this.#results = new Uint32Array(this.#memory.buffer, this.#kernel.resultsAt() >>> 0, 4096 * 3)
  }

  get hasRoomForMany(): boolean {
    return this.#scratch.bulkAt !== 0
  }

  /** `rows`: how many rows there are; a tail may grow meanwhile. */
  one(hash: Uint8Array, radius: number, rows: number, query: number, table: number, hits: Hits): void {
    this.#setRadius(radius)
    this.#query.set(hash)
    this.#kernel.takeQuery()
    if (this.#scans) this.#collect(() => this.#scan(0, rows), hits, table, query, 0)
    else this.#collect(this.#kernel.find, hits, table, query, 0)
  }

  /** `hashes`: 32 bytes each; their numbers begin at `first`. */
  many(hashes: Uint8Array, radius: number, rows: number, first: number, table: number, hits: Hits): void {
    const total = hashes.length / hashBytes
    if (total < fewQueries || this.#scratch.bulkAt === 0) {
      for (let index = 0; index < total; index++) {
        this.one(hashes.subarray(index * hashBytes, (index + 1) * hashBytes), radius, rows, first + index, table, hits)
      }
      return
    }
    this.#setRadius(radius)
    const chunk = this.#chunkOf(radius)
    for (let from = 0; from < total; from += chunk) {
      const part = hashes.subarray(from * hashBytes, Math.min(total, from + chunk) * hashBytes)
      this.#chunk(part, rows, first + from, table, hits)
    }
  }

  #chunk(hashes: Uint8Array, rows: number, first: number, table: number, hits: Hits): void {
    const kernel = this.#kernel
    const count = hashes.length / hashBytes
    const at = this.#scratch.bulkAt
    const counts = at + mostQueries * hashBytes
    this.#bulk ??= new Uint8Array(
      this.#memory.buffer,
      at,
      (this.#plan === null ? tailQueries : mostQueries) * hashBytes,
    )
    this.#bulk.set(hashes)
    kernel.takeQueries(at, count, counts, Math.ceil((counts + countBytes) / 64) * 64)
    if (this.#scans) {
      for (let query = 0; query < count; query++) this.#collect(() => this.#scan(query, rows), hits, table, 0, first)
      return
    }
    for (let band = 0; band < (this.#plan?.bands.length ?? 0); band++) {
      kernel.bulkBand(band)
      this.#collect(kernel.bulkFind, hits, table, 0, first)
    }
  }

  /** 96 bits decide little when the radius is near what random bits differ by. */
  #scan(query: number, rows: number): number {
    const byPlanes = this.#plan === null && this.#radius <= widestByPlanes
    return byPlanes ? this.#kernel.scanPlanes(query, rows) : this.#kernel.scanRows(query, rows)
  }

  /** Results carry the number of their query in the chunk; `offset` and `first` turn it into the caller's. */
  #collect(run: () => number, hits: Hits, table: number, offset: number, first: number): void {
    for (;;) {
      const answer = run() >>> 0
      const count = answer >= MORE ? answer - MORE : answer
      for (let at = 0; at < count * 3; at += 3) {
        const found = this.#results
        hits.add((found[at] ?? 0) + offset + first, table, found[at + 1] ?? 0, found[at + 2] ?? 0)
      }
      if (answer < MORE) return
    }
  }

  #setRadius(radius: number): void {
    if (radius === this.#radius) return
    const budgets = this.#plan === null ? null : budgetsFor(this.#plan, radius)
    this.#scans = budgets === null
    if (budgets !== null) this.#budgets.set(budgets)
    this.#kernel.setRadius(radius)
    this.#radius = radius
  }

  #chunkOf(radius: number): number {
    if (this.#plan === null) return tailQueries
    const budgets = budgetsFor(this.#plan, radius)
    if (budgets === null) return mostQueries
    const most = Math.max(...this.#plan.bands.map((band, index) => probesOf(band.width, budgets[index] ?? 0)))
    return Math.min(mostQueries, Math.floor(mostProbes / most))
  }
}
