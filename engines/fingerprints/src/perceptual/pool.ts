import { Worker } from 'node:worker_threads'
import { hashBytes } from '../bits/index.ts'
import type { Scratch, Searchable } from './searcher.ts'
import type { Table } from './table.ts'

/** What a thread is told: tables that it does not know yet, those it may forget, and one share of the queries. */
export interface SearchTask {
  readonly number: number
  readonly known: readonly { readonly id: number; readonly searchable: Searchable; readonly scratch: Scratch }[]
  readonly forget: readonly number[]
  readonly tables: readonly { readonly id: number; readonly rows: number }[]
  readonly queries: Uint8Array
  readonly first: number
  readonly radius: number
}

export type SearchAnswer =
  | { readonly number: number; readonly hits: Uint32Array }
  | { readonly number: number; readonly failed: string }

/** Threads that search tables in shared memory; nothing is copied but queries and hits. One pool serves many indexes. */
export class SearchPool {
  readonly #threads: Thread[]

  constructor(threads: number) {
    if (!Number.isInteger(threads) || threads < 1) throw new RangeError('A pool has at least one thread')
    const name = `pool-${++pools}`
    this.#threads = Array.from({ length: threads }, (_, index) => new Thread(`${name}-${index}`))
  }

  /** Hits of all queries, in the order of threads. */
  async search(tables: readonly Table[], queries: Uint8Array, radius: number): Promise<Uint32Array> {
    const total = queries.length / hashBytes
    const share = Math.ceil(total / this.#threads.length)
    const parts = await Promise.all(
      this.#threads.map((thread, index) => {
        const first = Math.min(total, index * share)
        const end = Math.min(total, first + share)
        if (first === end) return new Uint32Array(0)
        return thread.search(tables, queries.slice(first * hashBytes, end * hashBytes), first, radius)
      }),
    )
    const hits = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      hits.set(part, at)
      at += part.length
    }
    return hits
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }
}

let pools = 0

interface Waiting {
  readonly resolve: (hits: Uint32Array) => void
  readonly reject: (reason: Error) => void
}

class Thread {
  readonly #name: string
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #known = new Map<number, WeakRef<Table>>()
  #tasks = 0
  #failure: Error | null = null

  constructor(name: string) {
    this.#name = name
    this.#worker = new Worker(workerModule)
    this.#worker.unref()
    this.#worker.on('message', (answer: SearchAnswer) => this.#settle(answer))
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () => this.#fail(new Error('The pool was closed')))
  }

  search(tables: readonly Table[], queries: Uint8Array, first: number, radius: number): Promise<Uint32Array> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    const unknown = tables.filter((table) => !this.#known.has(table.id))
    for (const table of unknown) this.#known.set(table.id, new WeakRef(table))
    const task: SearchTask = {
      number: ++this.#tasks,
      known: unknown.map((table) => ({
        id: table.id,
        searchable: table.searchable,
        scratch: table.scratchFor(this.#name, true),
      })),
      forget: this.#forgotten(),
      tables: tables.map(({ id, rows }) => ({ id, rows })),
      queries,
      first,
      radius,
    }
    return new Promise((resolve, reject) => {
      this.#waiting.set(task.number, { resolve, reject })
      this.#worker.ref()
      this.#worker.postMessage(task)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Tables that nobody holds any more: the thread must not keep their memory alive. */
  #forgotten(): number[] {
    const gone = [...this.#known].filter(([, table]) => table.deref() === undefined).map(([id]) => id)
    for (const id of gone) this.#known.delete(id)
    return gone
  }

  #settle(answer: SearchAnswer): void {
    const waiting = this.#waiting.get(answer.number)
    this.#waiting.delete(answer.number)
    if (this.#waiting.size === 0) this.#worker.unref()
    if (waiting === undefined) return
    if ('hits' in answer) waiting.resolve(answer.hits)
    else waiting.reject(new Error(answer.failed))
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

/** Beside this module, under the name it has here: `.ts` as source, `.js` in the published package. */
const workerModule = new URL(`./worker${/\.[jt]s$/.exec(import.meta.url)?.[0] ?? '.js'}`, import.meta.url)
