import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { Refusal } from '@tandem/core'
import {
  type AnyRecord,
  type ContainerFormat,
  type Entry,
  type Reading,
  type Stripped,
  wholeFile,
} from '@tandem/formats'
import { type ReadingLimits, readingLimits } from './limits.ts'
import type { Ask } from './messages.ts'
import { type Fared, ParserProcess, type Said } from './parser-process.ts'

/** What may be stored, or why not. Digest and length are of everything received, in both cases. */
export type Guarded = {
  readonly originalSha256: string
  readonly originalLength: number
} & (
  | {
      readonly refusal: null
      readonly guarded: Uint8Array
      /** `guarded` is what was kept of it. */
      readonly container: ContainerFormat | null
      readonly stripped: readonly Stripped[]
    }
  | {
      readonly refusal: { readonly code: string; readonly says: string }
      readonly guarded: null
      readonly container: null
      readonly stripped: readonly []
    }
)

export type BoxedReading = Reading & { readonly entries: readonly Entry<AnyRecord>[] }

/**
 * Hostile bytes are parsed in a few child processes that hold nothing worth having. A file that breaks its child is
 * tried once more in a fresh one, then it is set aside whole; the cell goes on.
 */
export class ReadingBox {
  readonly #limits: ReadingLimits
  readonly #size: number
  readonly #script: string | undefined
  readonly #idle: ParserProcess[] = []
  readonly #waiting: ((process: ParserProcess) => void)[] = []
  #processes = 0

  constructor(
    options: { readonly limits?: Partial<ReadingLimits>; readonly size?: number; readonly script?: string } = {},
  ) {
    this.#limits = { ...readingLimits, ...options.limits }
    this.#size = options.size ?? Math.min(2, availableParallelism())
    this.#script = options.script
  }

  /** Starts every child, so that the first file does not wait for it. */
  warm(): void {
    while (this.#processes < this.#size) this.#add()
  }

  close(): void {
    for (const process of this.#idle.splice(0)) process.end()
    this.#processes = 0
  }

  /**
   * Bytes are hashed while they come and stay in memory; what is too large is hashed to its end and dropped.
   * Nothing is written anywhere before the answer says what may be kept.
   */
  async guard(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Guarded> {
    const digest = createHash('sha256')
    let chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of stream) {
      digest.update(chunk)
      length += chunk.length
      if (length <= maxBytes) chunks.push(chunk)
      else chunks = []
    }
    const original = { originalSha256: digest.digest('hex'), originalLength: length }
    const refused = (code: string, says: string): Guarded => ({
      ...original,
      refusal: { code, says },
      guarded: null,
      container: null,
      stripped: [],
    })
    if (length > maxBytes) return refused('too-large', `larger than ${maxBytes} bytes, which this lane accepts`)
    const bytes = Buffer.concat(chunks)
    const fared = await this.#parse({ ask: 'guard', maxBytes }, bytes)
    if (fared.how !== 'answered')
      return refused(...wordsOf(fared, 'Nothing of it was kept: send it again in another form.'))
    const { answer, bytes: cleaned } = lastOf(fared.said)
    if (answer.says === 'refused') return refused(answer.refusal.code, answer.refusal.says)
    if (answer.says !== 'guarded') return refused(...ourError('Nothing of it was kept.'))
    const { container, stripped, unchanged } = answer
    return { ...original, refusal: null, guarded: unchanged ? bytes : cleaned, container, stripped }
  }

  /** `unpacked`: the bytes are what was kept of a container. */
  async read(bytes: Uint8Array, unpacked = false): Promise<BoxedReading> {
    const fared = await this.#parse({ ask: 'read', unpacked }, bytes)
    if (fared.how !== 'answered') return setAside(...wordsOf(fared, 'The file is kept; nothing of it was read.'))
    const { answer } = lastOf(fared.said)
    if (answer.says !== 'end') return setAside(...ourError('The file is kept; nothing of it was read.'))
    const entries = fared.said.flatMap(({ answer: each }) => (each.says === 'entry' ? [each.entry] : []))
    // What the account counts and does not come is lost: then nothing of it is taken.
    if (entries.length !== answer.reading.account.records) {
      return setAside(...ourError('The file is kept; nothing of it was read.'))
    }
    return { ...answer.reading, entries }
  }

  async #parse(ask: Ask, bytes: Uint8Array): Promise<Fared> {
    const first = await this.#once(ask, bytes)
    if (first.how === 'answered' || first.how === 'limit') return first
    const second = await this.#once(ask, bytes)
    // Without a parser nothing can be said of the file: whoever brought it tries again.
    if (second.how === 'did not start')
      throw new Refusal('TANDEM-RATE-001', 'the programs that look at files do not start')
    if (second.how === 'busy') throw new Refusal('TANDEM-RATE-001', 'the machine is too busy to look at the file')
    return second
  }

  async #once(ask: Ask, bytes: Uint8Array): Promise<Fared> {
    const process = await this.#take()
    const fared = await process.run(ask, bytes)
    this.#giveBack(process)
    return fared
  }

  #take(): Promise<ParserProcess> {
    this.warm()
    const idle = this.#idle.shift()
    if (idle !== undefined) return Promise.resolve(idle)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #giveBack(process: ParserProcess): void {
    if (!process.dead && process.spent) process.end()
    if (!process.dead) {
      this.#offer(process)
      return
    }
    this.#processes--
    this.warm()
  }

  #add(): void {
    this.#processes++
    this.#offer(new ParserProcess(this.#limits, this.#script))
  }

  /** To the first in the queue; one that died while it was idle is replaced when it is next given back. */
  #offer(process: ParserProcess): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.push(process)
    else next(process)
  }
}

const lastOf = (said: readonly Said[]): Said => said.at(-1) ?? { answer: { says: 'failed' }, bytes: new Uint8Array(0) }

/** In words that an officer and a sender understand. */
function wordsOf(fared: Exclude<Fared, { how: 'answered' }>, kept: string): [code: string, says: string] {
  if (fared.how !== 'limit') {
    return ['reading-limit', `The file stopped the program that looks at files, twice. ${kept}`]
  }
  const why = {
    time: 'Looking at the file took longer than any honest file takes.',
    memory: 'Looking at the file took more memory than any honest file takes.',
    answer: 'The file holds more than can be read at once: send it in smaller parts.',
    entries: 'The file holds more records than can be read at once: send it in smaller parts.',
  } as const
  return ['reading-limit', `${why[fared.limit]} ${kept}`]
}

const ourError = (kept: string): [code: string, says: string] => [
  'reader-failed',
  `An error in our reader: the file was not read; tell the maintainers. ${kept}`,
]

function setAside(code: string, says: string): BoxedReading {
  return {
    format: null,
    account: { records: 1, accepted: 0, remarked: 0, setAside: 1 },
    claimedRecords: null,
    remarks: [],
    entries: [wholeFile(code, says)],
  }
}
