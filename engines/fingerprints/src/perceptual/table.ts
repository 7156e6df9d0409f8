import type { Arena } from './kernel.ts'
import { bulkBytesOf, type Scratch, type Searchable, Searcher, scratchBytes } from './searcher.ts'
import { Segment } from './segment.ts'
import type { Tail } from './tail.ts'

/** A segment or a tail together with the threads that search it. */
export class Table {
  readonly id: number
  readonly content: Segment | Tail
  readonly searchable: Searchable
  readonly #scratches = new Map<string, { at: number; bulkAt: number }>()
  #searcher: Searcher | null = null

  constructor(content: Segment | Tail) {
    this.id = ++tables
    this.content = content
    this.searchable = { memory: content.arena.memory, plan: content instanceof Segment ? content.plan.name : 'tail' }
  }

  get plan() {
    return this.content instanceof Segment ? this.content.plan : null
  }
  get owners() {
    return this.content.owners
  }
  get rows(): number {
    return this.content.rows
  }
  get arena(): Arena {
    return this.content.arena
  }
  ringOf(row: number): Uint8Array {
    return this.content.ringOf(row)
  }

  /** This thread's search: one, for it knows what stands in the scratch area. Room for many comes when first needed. */
  searcher(many: boolean): Searcher {
    if (this.#searcher === null || (many && !this.#searcher.hasRoomForMany)) {
      this.#searcher = new Searcher(this.searchable, this.scratchFor('here', many))
    }
    return this.#searcher
  }

  /** Where the thread of this name may write; always the same place. */
  scratchFor(thread: string, many: boolean): Scratch {
    const known = this.#scratches.get(thread)
    const scratch = known ?? { at: this.arena.take(scratchBytes), bulkAt: 0 }
    if (known === undefined) this.#scratches.set(thread, scratch)
    if (many && scratch.bulkAt === 0) scratch.bulkAt = this.arena.take(bulkBytesOf(this.searchable.plan))
    return { at: scratch.at, bulkAt: scratch.bulkAt }
  }
}

let tables = 0
