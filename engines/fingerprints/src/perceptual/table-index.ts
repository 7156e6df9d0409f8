import { err, ok, type Result } from '@tandem/core'
import { type HashInput, hashBytes } from '../bits/index.ts'
import { answersOf } from './answers.ts'
import type {
  Fingerprint,
  FingerprintBlock,
  IndexOptions,
  IndexSize,
  InputProblem,
  Match,
  Owner,
  PerceptualIndex,
  QueryMatch,
} from './contract.ts'
import { type Batch, takeIn, takeQueries } from './intake.ts'
import { dropperOf } from './owners.ts'
import { type Plan, plans, wideBandsAbove } from './plan.ts'
import type { SearchPool } from './pool.ts'
import { toRing } from './ring.ts'
import { saveTables } from './save.ts'
import { Hits } from './searcher.ts'
import { Segment } from './segment.ts'
import { eachDistinct, Staging } from './staging.ts'
import { Table } from './table.ts'
import { Tail } from './tail.ts'

export const defaultTailRows = 16_384
export const defaultShardRows = 30_000_000
/** A table is merged with the one before it unless that has more than this many times its rows. */
const growth = 4

/** Tables with bands, largest first as a rule, and a scanned tail of recent additions. */
export class TableIndex implements PerceptualIndex {
  readonly kind = 'kernel'
  readonly #tailRows: number
  readonly #shardRows: number
  readonly #options: IndexOptions
  #segments: Table[] = []
  #tail: Table | null = null
  /** Rises with every change, so that a slow reader can tell. */
  #changes = 0
  readonly #hits = new Hits()

  constructor(options: IndexOptions = {}) {
    this.#options = options
    this.#tailRows = options.tailRows ?? defaultTailRows
    this.#shardRows = options.shardRows ?? defaultShardRows
  }

  add(items: Iterable<Fingerprint | FingerprintBlock>): Result<number, InputProblem> {
    const made: Segment[] = []
    const staged: { now: Staging | null } = { now: null }
    const before = this.#rows()
    const shard = this.#evenShard()
    const stage = (batch: Batch): void => {
      const staging = staged.now ?? new Staging()
      staging.addHashes(batch.hashes, batch.lists, batch.entries)
      staged.now = staging
      if (staging.length < shard) return
      const rows = made.reduce((sum, segment) => sum + segment.rows, before + staging.length)
      made.push(Segment.of(staging, this.#planFor(Math.max(rows, this.#options.expectedRows ?? 0))))
      staged.now = null
    }
    const batchRows = Math.min(Math.max(this.#tailRows, 64), defaultTailRows, this.#shardRows)
    const taken = takeIn(items, batchRows, stage)
    if (!taken.ok) return taken
    const { rest, total } = taken.value
    if (total === 0) return ok(0)
    if (total === rest.lists.length && total <= this.#tailRows) this.#addFew(rest)
    else {
      if (rest.lists.length > 0) stage(rest)
      this.#segments.push(...made.map((segment) => new Table(segment)))
      if (staged.now !== null) this.#settle(staged.now)
    }
    this.#changes++
    return ok(total)
  }

  #addFew(batch: Batch): void {
    for (let index = 0; index < batch.lists.length; index++) {
      const ring = toRing(batch.hashes.subarray(index * hashBytes, (index + 1) * hashBytes))
      this.#addToTail(new Uint32Array(ring.buffer), 0, batch.lists[index] ?? 0, batch.entries[index] ?? 0)
    }
  }

  #addToTail(ring: Uint32Array, at: number, list: number, entry: number): void {
    if (this.#tailContent().add(ring, at, list, entry)) return
    this.#flushTail()
    this.#tailContent().add(ring, at, list, entry)
  }

  #tailContent(): Tail {
    if (this.#tail?.content instanceof Tail) return this.#tail.content
    const tail = new Tail(this.#tailRows)
    this.#tail = new Table(tail)
    return tail
  }

  #flushTail(): void {
    if (this.#tail === null) return
    const staging = new Staging()
    this.#tail.content.copyTo(staging)
    this.#tail = null
    if (staging.length > 0) this.#addSegment(Segment.of(staging, this.#planFor(this.#rows() + staging.length)))
  }

  /** Records become a table, or go to the tail when they are few. */
  #settle(staging: Staging): void {
    if (staging.length === 0) return
    const plan = this.#planFor(Math.max(this.#options.expectedRows ?? 0, this.#rows() + staging.length))
    const records = staging.sorted(plan.bands[0]?.width ?? 0)
    let distinct = 0
    eachDistinct(records, (_, isNewHash) => {
      if (isNewHash) distinct++
    })
    if (distinct > this.#tailRows) {
      this.#addSegment(Segment.of(staging, plan))
      return
    }
    eachDistinct(records, (at) => this.#addToTail(records, at, records[at + 8] ?? 0, records[at + 9] ?? 0))
  }

  #addSegment(segment: Segment): void {
    let last = segment
    for (;;) {
      const before = this.#segments.at(-1)
      if (!(before?.content instanceof Segment)) break
      if (before.rows > growth * last.rows || before.rows + last.rows > this.#shardRows) break
      const staging = new Staging()
      before.content.copyTo(staging)
      last.copyTo(staging)
      this.#segments.pop()
      if (staging.length === 0) return
      last = Segment.of(staging, this.#planFor(this.#rows() + staging.length))
    }
    this.#segments.push(new Table(last))
  }

  remove(owners: Iterable<Owner>): number {
    return this.#drop(dropperOf(owners))
  }

  withdraw(list: number): number {
    return this.#drop((other) => other === list)
  }

  #drop(goes: (list: number, entry: number) => boolean): number {
    const dropped = this.#tables().reduce((sum, table) => sum + table.owners.drop(goes), 0)
    if (dropped > 0) this.#changes++
    return dropped
  }

  query(hash: HashInput, radius: number): Result<readonly Match[], InputProblem> {
    const queries = takeQueries([hash], radius)
    if (!queries.ok) return err({ ...queries.error, position: null })
    const tables = this.#tables()
    this.#hits.clear()
    for (const [number, table] of tables.entries()) {
      table.searcher(false).one(queries.value, radius, table.rows, 0, number, this.#hits)
    }
    if (this.#hits.length === 0) return ok([])
    const found = answersOf(this.#hits.taken(), tables, queries.value)
    return ok(found.map(({ list, entry, distance, hash, foundBy }) => ({ list, entry, distance, hash, foundBy })))
  }

  queryMany(hashes: readonly HashInput[] | Uint8Array, radius: number): Result<readonly QueryMatch[], InputProblem> {
    const queries = takeQueries(hashes, radius)
    if (!queries.ok) return queries
    const tables = this.#tables()
    this.#hits.clear()
    for (const [number, table] of tables.entries()) {
      table.searcher(true).many(queries.value, radius, table.rows, 0, number, this.#hits)
    }
    return ok(answersOf(this.#hits.taken(), tables, queries.value))
  }

  async queryManyOn(
    pool: SearchPool,
    hashes: readonly HashInput[] | Uint8Array,
    radius: number,
  ): Promise<Result<readonly QueryMatch[], InputProblem>> {
    const queries = takeQueries(hashes, radius)
    if (!queries.ok) return queries
    for (;;) {
      const changes = this.#changes
      const tables = this.#tables()
      const hits = await pool.search(tables, queries.value, radius)
      // Changed meanwhile: an owner added or removed in a table that was replaced would be judged by the old one.
      if (changes === this.#changes) return ok(answersOf(hits, tables, queries.value))
    }
  }

  compact(): void {
    const plan = this.#planFor(this.#rows())
    const rebuilt: Table[] = []
    let staging = new Staging()
    const cut = (): void => {
      rebuilt.push(new Table(Segment.of(staging, plan)))
      staging = new Staging()
    }
    const loose: Table[] = []
    for (const table of this.#segments) {
      if (table.content instanceof Segment && this.#isSettled(table.content, plan)) rebuilt.push(table)
      else loose.push(table)
    }
    if (this.#tail !== null) loose.push(this.#tail)
    if (loose.length === 0) return
    this.#segments = []
    this.#tail = null
    for (const table of loose) {
      if (staging.length > 0 && staging.length + pairsOf(table) > this.#shardRows) cut()
      table.content.copyTo(staging)
    }
    this.#segments = rebuilt
    this.#settle(staging)
    this.#changes++
  }

  /** A table that compacting would only copy: nothing removed, the right plan, and nothing to be merged with. */
  #isSettled(segment: Segment, plan: Plan): boolean {
    if (segment.owners.dead > 0 || segment.plan.name !== plan.name) return false
    const total = this.#rows()
    return segment.rows === total || (total > this.#shardRows && segment.rows > this.#shardRows / 2)
  }

  size(): IndexSize {
    const tables = this.#tables()
    return {
      hashes: this.#rows(),
      pairs: tables.reduce((sum, table) => sum + table.owners.pairs, 0),
      removed: tables.reduce((sum, table) => sum + table.owners.dead, 0),
      tables: this.#segments.map((table) => ({ plan: table.plan?.name ?? 'ring-16', rows: table.rows })),
      tail: this.#tail?.rows ?? 0,
      bytes: tables.reduce((sum, table) => sum + table.arena.memory.buffer.byteLength + table.owners.bytes, 0),
    }
  }

  isSound(): boolean {
    return this.#segments.every(({ content }) => content instanceof Segment && content.isSound())
  }

  *save(): Generator<Uint8Array> {
    const changes = this.#changes
    const segments = this.#segments.map(({ content }) => content).filter((content) => content instanceof Segment)
    const staging = new Staging()
    this.#tail?.content.copyTo(staging)
    for (const step of saveTables(segments, staging.sorted(16))) {
      if (changes !== this.#changes) throw new Error('The index was changed while it was being saved')
      yield step
    }
  }

  /** For loading: a segment that was filled and checked elsewhere. */
  adopt(segment: Segment): void {
    this.#segments.push(new Table(segment))
  }
  /** For loading: records in ring order. */
  adoptRecords(records: Uint32Array): void {
    if (records.length === 0) return
    const staging = new Staging()
    for (let at = 0; at < records.length; at += 10) {
      staging.addRow(records.subarray(at, at + 8), 0, records[at + 8] ?? 0, records[at + 9] ?? 0)
    }
    this.#settle(staging)
  }

  #tables(): Table[] {
    return this.#tail === null ? this.#segments : [...this.#segments, this.#tail]
  }

  #rows(): number {
    return this.#segments.reduce((sum, table) => sum + table.rows, this.#tail?.rows ?? 0)
  }

  /** If it is known how many hashes will come, tables of equal size: the last one is not a small one. */
  #evenShard(): number {
    const expected = this.#options.expectedRows ?? 0
    return expected === 0 ? this.#shardRows : Math.ceil(expected / Math.ceil(expected / this.#shardRows))
  }

  #planFor(rows: number): Plan {
    const { plan } = this.#options
    if (plan !== undefined && plan !== 'auto') return plans[plan]
    return plans[rows > wideBandsAbove ? 'ring-14' : 'ring-16']
  }
}

const pairsOf = (table: Table): number => table.owners.pairs
