import { Worker } from 'node:worker_threads'
import type { FileOutcome } from '../outcome.ts'
import type { HashSettings } from './hash-file.ts'

export interface HashTask {
  readonly files: readonly Uint8Array[]
  readonly settings: HashSettings
}

/** Outcomes with the index of their file; `done` are files that have no more. */
export interface TaskPart {
  readonly outcomes: readonly (readonly [number, FileOutcome])[]
  readonly done: readonly number[]
  readonly bytes: number
  readonly last: boolean
  /** Only bytes: needs no answer. */
  readonly progress?: boolean
}

const workerModule = new URL(`./worker${/\.[jt]s$/.exec(import.meta.url)?.[0] ?? '.js'}`, import.meta.url)

/** A thread that hashes one batch of files at a time. */
export class HashThread {
  readonly #worker = new Worker(workerModule)
  #failure: Error | null = null
  #onPart: (part: TaskPart) => void = () => {}
  #onFailure: (error: Error) => void = () => {}

  constructor() {
    this.#worker.on('message', (part: TaskPart) => this.#onPart(part))
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () => this.#fail(new Error('The thread ended')))
  }

  /** Rejects when the thread dies; it is of no use then. */
  run(task: HashTask, take: (part: TaskPart) => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure)
        return
      }
      this.#onFailure = reject
      this.#onPart = (part) => {
        take(part).then(() => {
          if (part.last) resolve()
          else if (part.progress !== true) this.#worker.postMessage('go on')
        }, reject)
      }
      this.#worker.postMessage(task)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(error: Error): void {
    this.#failure ??= error
    this.#onFailure(this.#failure)
  }
}
