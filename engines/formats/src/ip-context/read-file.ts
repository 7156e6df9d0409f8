import { createHash } from 'node:crypto'
import { err, ok, type Result } from '@tandem/core'
import type { SourceFile } from '@tandem/identifiers'
import { type Line, LineSplitter } from '../bulk/lines.ts'
import type { ContextFile, ContextFormat, LineReader } from './content.ts'
import { CountryRangesReader } from './country-ranges.ts'
import { contextHeadLength, detectContextText, isMmdb } from './detect.ts'
import { openMmdb } from './mmdb/reader.ts'
import { NetworkListReader } from './network-list.ts'
import { type ListTold, RangeListReader } from './range-list.ts'
import { RirDelegationsReader } from './rir-delegations.ts'
import { Tally } from './tally.ts'
import { TorConsensusReader } from './tor-consensus.ts'
import { TorExitListReader } from './tor-exit-list.ts'
import { readWarningList } from './warning-list.ts'

export interface ContextRefusal {
  readonly code: string
  readonly says: string
}

export interface ContextFileOptions {
  readonly name: string
  readonly told?: ListTold | null
  /** Bytes of a database or of a JSON list, which are held whole. */
  readonly maxWholeBytes?: number
}

const longestLine = 64 * 1024
const defaultWhole = 1024 ** 3

/**
 * One file of context, of any kind, as its bytes come. Text is read line by line and nothing of it is kept but what it
 * says; databases and JSON lists are held whole. `push` never throws, whatever comes; `end` gives the outcome.
 */
export class ContextFileReader {
  readonly #options: ContextFileOptions
  readonly #hash = createHash('sha256')
  readonly #splitter = new LineSplitter(longestLine)
  #held: Uint8Array[] = []
  #heldLength = 0
  #mode: 'undecided' | 'whole' | 'too large' | { readonly format: ContextFormat; readonly reader: LineReader } =
    'undecided'

  constructor(options: ContextFileOptions) {
    this.#options = options
  }

  push(chunk: Uint8Array): void {
    this.#hash.update(chunk)
    if (typeof this.#mode === 'object') this.#lines(chunk, this.#mode.reader)
    else if (this.#mode !== 'too large') this.#hold(chunk)
  }

  #hold(chunk: Uint8Array): void {
    this.#held.push(Uint8Array.from(chunk))
    this.#heldLength += chunk.length
    if (this.#mode === 'undecided' && this.#heldLength >= contextHeadLength) this.#decide()
    if (this.#heldLength > (this.#options.maxWholeBytes ?? defaultWhole)) {
      this.#mode = 'too large'
      this.#held = []
    }
  }

  /** `sha256`: of the bytes as they lie on the disk, when these here were unpacked from them. */
  end(sha256?: string): Result<ContextFile, ContextRefusal> {
    if (this.#mode === 'undecided') this.#decide()
    const file: SourceFile = { name: this.#options.name, sha256: sha256 ?? this.#hash.digest('hex') }
    if (this.#mode === 'too large') return refused('too-large', 'larger than a file of its kind may be')
    if (typeof this.#mode !== 'object') return this.#whole(file)
    const { format, reader } = this.#mode
    for (const line of this.#splitter.end()) feed(reader, line)
    const read = reader.end(file)
    return ok({ file, format, ...read, account: reader.tally.account() })
  }

  #decide(): void {
    const head = Buffer.concat(this.#held).subarray(0, contextHeadLength).toString('latin1')
    const format = detectContextText(head)
    if (format === null || format === 'misp-warning-list') {
      this.#mode = 'whole'
      return
    }
    const reader = readerOf(format, this.#options.told ?? null)
    this.#mode = { format, reader }
    for (const chunk of this.#held) this.#lines(chunk, reader)
    this.#held = []
  }

  #lines(chunk: Uint8Array, reader: LineReader): void {
    for (const line of this.#splitter.push(chunk)) feed(reader, line)
  }

  #whole(file: SourceFile): Result<ContextFile, ContextRefusal> {
    const bytes = Buffer.concat(this.#held)
    this.#held = []
    if (isMmdb(bytes)) return database(bytes, file)
    const text = bytes.toString('utf8')
    if (!/^\uFEFF?\s*\{/.test(text)) return refused('unknown', 'none of the kinds that are read here')
    const list = readWarningList(text, file, this.#options.told ?? null)
    return typeof list === 'string' ? refused('list-invalid', list) : ok({ file, format: 'misp-warning-list', ...list })
  }
}

/** A line without an end may be cut: `/2` was perhaps `/24`. Nothing is read from it. */
function feed(reader: LineReader, { number, bytes, part, last }: Line): void {
  // The further pieces of one long line: the first one stands for all.
  if (part > 1) return
  if (part === 1) reader.tally.setLineAside(number, 'line-too-long', 'longer than any line of its format')
  else if (last)
    reader.tally.setLineAside(number, 'line-cut', 'the last line has no line end: it may be cut and is not read')
  else reader.line(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'), number)
}

function readerOf(format: Exclude<ContextFormat, 'mmdb' | 'misp-warning-list'>, told: ListTold | null): LineReader {
  switch (format) {
    case 'tor-consensus':
      return new TorConsensusReader()
    case 'tor-exit-list':
      return new TorExitListReader()
    case 'rir-delegations':
      return new RirDelegationsReader()
    case 'country-ranges':
      return new CountryRangesReader()
    case 'range-list':
      return new RangeListReader(told)
    case 'network-list':
      return new NetworkListReader(told)
  }
}

function database(bytes: Uint8Array, file: SourceFile): Result<ContextFile, ContextRefusal> {
  const opened = openMmdb(bytes)
  if (!opened.ok) return opened
  const tally = new Tally()
  const { records, setAside, ...rest } = tally.account().records
  const account = {
    ...tally.account(),
    records: { ...rest, setAside, records: records + opened.value.records, accepted: opened.value.records },
  }
  return ok({
    file,
    format: 'mmdb',
    asOf: opened.value.built,
    account,
    content: { kind: 'mmdb', database: opened.value },
  })
}

const refused = (code: string, says: string): Result<never, ContextRefusal> => err({ code, says })
