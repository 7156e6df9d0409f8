import { Worker } from 'node:worker_threads'
import type { Compute, Job } from '../run/compute.ts'

export interface PoolTask {
  readonly number: number
  readonly job: Job
}

export type PoolAnswer =
  | { readonly number: number; readonly results: Uint8Array[] | null }
  | { readonly number: number; readonly failed: string }

/** Threads that share the work of a run: a job is cut into as many parts, and the results keep the order of the job. */
export class ComputePool {
  readonly #threads: Thread[]

  constructor(threads: number) {
    if (!Number.isInteger(threads) || threads < 1) throw new RangeError('A pool has at least one thread')
    this.#threads = Array.from({ length: threads }, () => new Thread())
  }

  readonly compute: Compute = async (job) => {
    const parts = await Promise.all(
      cut(job, this.#threads.length).map((part, at) => this.#threads[at % this.#threads.length]?.run(part) ?? null),
    )
    return parts.every((part) => part !== null) ? parts.flat() : null
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }
}

function cut(job: Job, parts: number): Job[] {
  const total = job.do === 'evaluate' ? job.elements.length : job.inputs.length
  const share = Math.max(1, Math.ceil(total / parts))
  const starts = Array.from({ length: Math.ceil(total / share) }, (_, at) => at * share)
  return starts.map((start) => sliceOf(job, start, start + share))
}

function sliceOf(job: Job, from: number, to: number): Job {
  switch (job.do) {
    case 'blind':
      return { ...job, inputs: job.inputs.slice(from, to), scalars: job.scalars.slice(from, to) }
    case 'evaluate':
      return { ...job, elements: job.elements.slice(from, to) }
    case 'output':
      return { ...job, inputs: job.inputs.slice(from, to) }
    case 'unblind':
      return {
        ...job,
        inputs: job.inputs.slice(from, to),
        scalars: job.scalars.slice(from, to),
        elements: job.elements.slice(from, to),
      }
  }
}

interface Waiting {
  readonly resolve: (results: Uint8Array[] | null) => void
  readonly reject: (reason: Error) => void
}

class Thread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #tasks = 0
  #failure: Error | null = null

  constructor() {
    this.#worker = new Worker(workerModule)
    this.#worker.unref()
    this.#worker.on('message', (answer: PoolAnswer) => this.#settle(answer))
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () => this.#fail(new Error('The pool was closed')))
  }

  run(job: Job): Promise<Uint8Array[] | null> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    const task: PoolTask = { number: ++this.#tasks, job }
    return new Promise((resolve, reject) => {
      this.#waiting.set(task.number, { resolve, reject })
      this.#worker.ref()
      this.#worker.postMessage(task)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #settle(answer: PoolAnswer): void {
    const waiting = this.#waiting.get(answer.number)
    this.#waiting.delete(answer.number)
    if (this.#waiting.size === 0) this.#worker.unref()
    if (waiting === undefined) return
    if ('failed' in answer) waiting.reject(new Error(answer.failed))
    else waiting.resolve(answer.results)
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

/** Beside this module, under the name it has here: `.ts` as source, `.js` in the published package. */
const workerModule = new URL(`./worker${/\.[jt]s$/.exec(import.meta.url)?.[0] ?? '.js'}`, import.meta.url)
