import { availableParallelism } from 'node:os'
import type { HashKind } from '../../exact/index.ts'
import { type Dialect, decoderName } from '../../pdq/index.ts'
import { isLasting, isStill, type Journal } from '../journal.ts'
import { type Limits, usualLimits } from '../limits.ts'
import { nameFromBytes } from '../name.ts'
import { counted, type FileAccount, type FileOutcome, setAside } from '../outcome.ts'
import { Channel } from './channel.ts'
import { type HashSettings, hashFile } from './hash-file.ts'
import { HashThread, type TaskPart } from './hash-thread.ts'
import { type FoundFile, type Met, walk } from './walk.ts'

export interface HashTreeOptions {
  /** Kinds that some loaded list needs; others are not computed. */
  readonly kinds: readonly HashKind[]
  readonly archives?: boolean
  /** Dialects of PDQ in which pictures are hashed in the same pass, also in archives; at most two. None by default. */
  readonly pictures?: readonly Dialect[]
  readonly limits?: Partial<Limits>
  /** Threads; 0 works in the caller's own. Little work is done there in any case. */
  readonly workers?: number
  /** Files that a journal knows unchanged are not read again; their outcomes are told again. */
  readonly journal?: Journal
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

export interface Progress {
  /** Outcomes told so far. */
  readonly account: FileAccount
  /** Bytes read from the disk, also within files that are not finished. */
  readonly bytesRead: number
  readonly fromJournal: number
  readonly current: string
}

/** A thread takes about 50 ms to start: not worth it for less. */
const littleFiles = 64
const littleBytes = 32 * 1024 ** 2
const batchFiles = 64
const batchBytes = 16 * 1024 ** 2

/**
 * Hashes everything below the roots and what is in archives there. Tells one outcome for each thing found, in no
 * fixed order; members follow their archive. Nothing is written; no bytes are kept.
 */
export async function* hashTree(
  roots: readonly (string | Uint8Array)[],
  options: HashTreeOptions,
): AsyncGenerator<FileOutcome> {
  const run = new Run(roots, options)
  try {
    run.start()
    for await (const outcome of run.channel) yield outcome
  } finally {
    await run.close()
  }
}

class Run {
  readonly channel = new Channel<FileOutcome>(1024)
  readonly #options: HashTreeOptions
  readonly #settings: HashSettings
  readonly #files: FileQueue
  readonly #threads = new Set<HashThread>()
  #account: FileAccount = { found: 0, hashed: 0, remarked: 0, setAside: 0, bytes: 0 }
  #bytesRead = 0
  #fromJournal = 0

  constructor(roots: readonly (string | Uint8Array)[], options: HashTreeOptions) {
    this.#options = options
    this.#settings = {
      kinds: options.kinds,
      archives: options.archives ?? true,
      pictures: options.pictures ?? [],
      limits: { ...usualLimits, ...options.limits },
    }
    this.#files = new FileQueue(walk(roots), (met) => this.#meet(met))
  }

  start(): void {
    const { signal } = this.#options
    const stop = () => {
      this.channel.fail(signal?.reason)
      void this.close()
    }
    if (signal?.aborted === true) stop()
    signal?.addEventListener('abort', stop, { once: true })
    this.#work().then(
      () => this.channel.end(),
      (error) => this.channel.fail(error),
    )
  }

  async close(): Promise<void> {
    this.channel.close()
    await Promise.all([...this.#threads].map((thread) => thread.close()))
  }

  async #work(): Promise<void> {
    // The decoder has to be loaded here before a thread does (sharp, "Worker threads"); without one each picture says so.
    if (this.#settings.pictures.length > 0) await decoderName().catch(() => '')
    const little = await this.#files.isLittle()
    const wanted = this.#options.workers ?? Math.min(8, availableParallelism())
    if (little || wanted < 1) await this.#lane(null)
    else await Promise.all(Array.from({ length: wanted }, () => this.#lane(new HashThread())))
  }

  /** Takes batch after batch; a thread that dies is replaced, and its files say so. */
  async #lane(first: HashThread | null): Promise<void> {
    let thread = first
    if (thread !== null) this.#threads.add(thread)
    while (!this.channel.closed) {
      const batch = await this.#files.batch()
      if (batch.length === 0) break
      const open = new Map(batch.map((file, index): [number, OpenFile] => [index, { file, outcomes: [] }]))
      const take = (part: TaskPart) => this.#take(part, open)
      const files = batch.map(({ path }) => path)
      if (thread === null) await runHere(files, this.#settings, take)
      else {
        try {
          await thread.run({ files, settings: this.#settings }, take)
        } catch (error) {
          if (this.channel.closed) return
          this.#threads.delete(thread)
          const why = error instanceof Error ? error.message : String(error)
          for (const { file } of open.values()) await this.#tell(failed(file, why))
          thread = new HashThread()
          this.#threads.add(thread)
        }
      }
    }
    await thread?.close()
  }

  async #take(part: TaskPart, open: Map<number, OpenFile>): Promise<void> {
    this.#bytesRead += part.bytes
    for (const [index, outcome] of part.outcomes) {
      if (this.#options.journal !== undefined) open.get(index)?.outcomes.push(outcome)
    }
    // Before they are told: what a journal knows is told again by the next run, so an interruption loses nothing.
    for (const index of part.done) {
      const finished = open.get(index)
      if (finished !== undefined) this.#remember(finished.file, finished.outcomes)
      open.delete(index)
    }
    for (const [, outcome] of part.outcomes) await this.#tell(outcome)
    if (part.progress === true) this.#report('')
  }

  #remember(file: FoundFile, outcomes: readonly FileOutcome[]): void {
    const { journal, kinds } = this.#options
    if (journal === undefined || !outcomes.every(isLasting)) return
    const { size, modified, changed } = file
    journal.record({
      path: keyOf(file.path),
      size,
      modified,
      changed,
      kinds,
      archives: this.#settings.archives,
      pictures: this.#settings.pictures,
      outcomes,
    })
  }

  /** True when a file has to be hashed; all else is told at once. */
  async #meet(met: Met): Promise<FoundFile | null> {
    if ('outcome' in met) {
      await this.#tell(met.outcome)
      return null
    }
    const known = this.#options.journal?.recall(keyOf(met.file.path)) ?? null
    if (known === null || !isStill(known, met.file, this.#settings)) return met.file
    for (const outcome of known.outcomes) {
      this.#fromJournal++
      await this.#tell(outcome)
    }
    return null
  }

  async #tell(outcome: FileOutcome): Promise<void> {
    this.#account = counted(this.#account, outcome)
    await this.channel.push(outcome)
    this.#report(outcome.place.path.text)
  }

  #report(current: string): void {
    this.#options.onProgress?.({
      account: this.#account,
      bytesRead: this.#bytesRead,
      fromJournal: this.#fromJournal,
      current,
    })
  }
}

interface OpenFile {
  readonly file: FoundFile
  readonly outcomes: FileOutcome[]
}

/** Files to hash, as the walk finds them; several lanes take from it. */
class FileQueue {
  readonly #walk: AsyncGenerator<Met>
  readonly #meet: (met: Met) => Promise<FoundFile | null>
  readonly #ahead: FoundFile[] = []
  #ended = false
  #turn: Promise<unknown> = Promise.resolve()

  constructor(walking: AsyncGenerator<Met>, meet: (met: Met) => Promise<FoundFile | null>) {
    this.#walk = walking
    this.#meet = meet
  }

  /** Looks ahead until the work is more than little, or all known. */
  async isLittle(): Promise<boolean> {
    let bytes = 0
    while (this.#ahead.length <= littleFiles && bytes <= littleBytes) {
      const file = await this.#find()
      if (file === null) return true
      bytes += file.size
      this.#ahead.push(file)
    }
    return false
  }

  /** One lane at a time: a walk has one place. */
  batch(): Promise<readonly FoundFile[]> {
    const mine = this.#turn.then(() => this.#collect())
    this.#turn = mine.catch(() => {})
    return mine
  }

  async #collect(): Promise<readonly FoundFile[]> {
    const files: FoundFile[] = []
    let bytes = 0
    while (files.length < batchFiles && bytes < batchBytes) {
      const file = this.#ahead.shift() ?? (await this.#find())
      if (file === null) break
      files.push(file)
      bytes += file.size
    }
    return files
  }

  async #find(): Promise<FoundFile | null> {
    while (!this.#ended) {
      const next = await this.#walk.next()
      if (next.done === true) this.#ended = true
      else {
        const file = await this.#meet(next.value)
        if (file !== null) return file
      }
    }
    return null
  }
}

async function runHere(
  files: readonly Uint8Array[],
  settings: HashSettings,
  take: (part: TaskPart) => Promise<void>,
): Promise<void> {
  for (const [index, path] of files.entries()) {
    let bytes = 0
    const onBytes = (count: number) => {
      bytes += count
    }
    for await (const outcome of hashFile(path, settings, { mayBlock: false, onBytes })) {
      const part: TaskPart = { outcomes: [[index, outcome]], done: [], bytes, last: false }
      bytes = 0
      await take(part)
    }
    await take({ outcomes: [], done: [index], bytes, last: true })
  }
}

const keyOf = (path: Uint8Array): string => Buffer.from(path).toString('hex')

const failed = (file: FoundFile, why: string): FileOutcome =>
  setAside(
    { path: nameFromBytes(file.path), members: [] },
    'failed',
    `Not hashed to the end: the thread that read it failed (${why}).`,
  )
