import { Worker } from 'node:worker_threads'
import type { JobName, Jobs, Share } from '../share/share.ts'
import { workOf } from '../share/work.ts'
import { type Given, itemsTaken } from './items.ts'

/** What a thread is told, and what it says. */
export interface ThreadJob {
  readonly job: JobName
  readonly asked: Jobs[JobName]['asked']
  readonly items: number
  readonly taken: Int32Array
}
export type ThreadAnswer<N extends JobName> = { readonly given: Given<N>[] } | { readonly failed: string }

/**
 * Threads that share the work of a linkage, this one among them: each takes the next item that nobody has taken. Tables lie in
 * memory that all of them see; nothing of a table is copied.
 */
export class LinkagePool implements Share {
  readonly #others: readonly Thread[]
  #turn: Promise<void> = Promise.resolve()

  /** `threads`: how many in all, from 1 on. */
  constructor(threads: number) {
    if (!Number.isInteger(threads) || threads < 1) throw new RangeError('A pool has at least one thread')
    this.#others = Array.from({ length: threads - 1 }, () => new Thread())
  }

  /** One job after the other, each by all threads. */
  all<N extends JobName>(job: N, asked: Jobs[N]['asked'], items: number): Promise<readonly Jobs[N]['given'][]> {
    const done = this.#turn.then(() => this.#shared(job, asked, items))
    this.#turn = done.then(ignored, ignored)
    return done
  }

  async #shared<N extends JobName>(job: N, asked: Jobs[N]['asked'], items: number): Promise<Jobs[N]['given'][]> {
    const taken = new Int32Array(new SharedArrayBuffer(4))
    // What is one item, or none, is no work to share.
    const others = items < 2 ? [] : this.#others.map((other) => other.run<N>({ job, asked, items, taken }))
    const own = new Promise<Given<N>[]>((resolve) => resolve(itemsTaken(() => workOf(job, asked), items, taken)))
    // Whoever still works is waited for: its answer must not meet the next question.
    await Promise.allSettled([own, ...others])
    const given = (await Promise.all([own, ...others])).flat()
    return given.sort((one, other) => one.item - other.item).map(({ gives }) => gives)
  }

  async close(): Promise<void> {
    await Promise.all(this.#others.map((other) => other.close()))
  }
}

const ignored = (): void => {}

/** A thread that does one job at a time. */
class Thread {
  readonly #worker = new Worker(workerModule)
  #reject: (reason: Error) => void = ignored
  #failure: Error | null = null

  constructor() {
    this.#worker.unref()
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () => this.#fail(new Error('The pool was closed')))
  }

  run<N extends JobName>(job: ThreadJob): Promise<Given<N>[]> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    return new Promise<Given<N>[]>((resolve, reject) => {
      this.#reject = reject
      this.#worker.once('message', (answer: ThreadAnswer<N>) => {
        if ('failed' in answer) reject(new Error(answer.failed))
        else resolve(answer.given)
      })
      this.#worker.ref()
      this.#worker.postMessage(job)
    }).finally(() => this.#worker.unref())
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(error: Error): void {
    this.#failure ??= error
    this.#reject(error)
  }
}

/** Beside this module, under the name it has here: `.ts` as source, `.js` in the published package. */
const workerModule = new URL(`./worker${/\.[jt]s$/.exec(import.meta.url)?.[0] ?? '.js'}`, import.meta.url)
