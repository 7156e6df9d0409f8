import { defaultLimits, type Limits } from '../reader.ts'
import type { Entry, ListEntryRecord, Remark } from '../record.ts'
import { type ListEnd, type ListReading, Tally, UnknownFields } from '../vics/list-end.ts'
import { type Layout, layoutOf, readHashRow } from './hash-row.ts'
import type { HashCsvProfile } from './profile.ts'
import { type CsvRow, readCsvRows } from './rows.ts'
import { SeenClasses } from './seen-classes.ts'
import { type HashCsvQuestion, sniffHashCsv } from './sniff.ts'

export interface HashCsvOptions {
  /** Without one the file is looked at first, and anything open fails the list with `profile-needed`. */
  readonly profile: HashCsvProfile | null
  readonly limits: Limits
  /** How many hashes are remembered to notice one hash with two classes (about 14 to 28 bytes each). */
  readonly remembered: number
}

export const defaultHashCsvOptions: HashCsvOptions = {
  profile: null,
  limits: defaultLimits,
  remembered: 20_000_000,
}

/** Rows in, entries out; the header and the memory for duplicates live here. */
export class HashCsvListReader {
  readonly #profile: HashCsvProfile
  readonly #options: HashCsvOptions
  readonly #tally = new Tally()
  readonly #unknown = new UnknownFields()
  readonly #seen: SeenClasses
  #layout: Layout | null = null
  #failure: Remark | null = null

  constructor(profile: HashCsvProfile, options: HashCsvOptions) {
    this.#profile = profile
    this.#options = options
    this.#seen = new SeenClasses(options.remembered)
  }

  get failed(): boolean {
    return this.#failure !== null
  }

  row(row: CsvRow): Entry<ListEntryRecord> | null {
    if (this.#layout === null) {
      const layout = layoutOf(this.#profile, row)
      if (!layout.ok) {
        this.#failure = layout.error
        return null
      }
      this.#layout = layout.value
      if (this.#profile.header === 'row') return null
    }
    if (this.#tally.records >= this.#options.limits.maxRecords) {
      const says = 'The file has more rows than this lane accepts.'
      this.#failure = { code: 'too-many-records', place: `row ${row.number}`, says }
      return null
    }
    for (const { index, name } of this.#layout.unknown) if ((row.cells[index] ?? '') !== '') this.#unknown.add(name)
    return this.#tally.count(this.#compared(readHashRow(row, this.#layout)))
  }

  end(problem: Remark | null): ListEnd {
    const account = this.#tally.account()
    const notes = { unknownFields: this.#unknown.counted(), remarks: this.#memoryRemark() }
    const reason = this.#failure ?? problem ?? (this.#layout === null ? emptyFile : null)
    return reason === null
      ? { complete: true, account, claimedCount: null, notes }
      : { complete: false, account, reason, notes }
  }

  /** One hash with two classes: both entries stay, and the second one says so. */
  #compared(entry: Entry<ListEntryRecord>): Entry<ListEntryRecord> {
    if (entry.outcome === 'set-aside') return entry
    const { record, place } = entry
    const { category, flags } = record
    const className = `${category?.value ?? ''}${flags.withdrawn === 'yes' ? ' withdrawn' : ''}`
    const all = [...record.hashes, ...record.otherHashes]
    if (!all.map(({ value }) => this.#seen.differs(value, className)).includes(true)) return entry
    const says = 'A hash of this row stands in an earlier row with another category; both are kept.'
    const remarks = [...(entry.outcome === 'remarked' ? entry.remarks : []), { code: 'two-classes', place, says }]
    return { outcome: 'remarked', place, record, remarks }
  }

  #memoryRemark(): Remark[] {
    if (!this.#seen.full) return []
    const says = `Only the first ${this.#options.remembered} hashes were compared for a second category.`
    return [{ code: 'duplicates-not-all-compared', place: 'whole file', says }]
  }
}

const emptyFile: Remark = { code: 'empty', place: 'whole file', says: 'The file is empty.' }

export function profileNeeded(questions: readonly HashCsvQuestion[]): Remark {
  const says = `A mapping profile is needed. ${questions.map((question) => question.says).join(' ')}`
  return { code: 'profile-needed', place: 'whole file', says }
}

/**
 * Streams a CSV hash list. Memory stays at one chunk, one row and the memory for duplicates. All or nothing: on
 * `complete: false` every entry already yielded must be thrown away.
 */
export async function* readHashCsvList(
  chunks: AsyncIterable<Uint8Array>,
  options: Partial<HashCsvOptions> = {},
): ListReading {
  const all = { ...defaultHashCsvOptions, ...options }
  const { head, rest } = await peek(chunks)
  const sniffed = all.profile === null ? sniffHashCsv(head) : null
  const profile = sniffed === null ? all.profile : sniffed.kind === 'profile' ? sniffed.profile : null
  if (profile === null) {
    const reason = profileNeeded(sniffed?.kind === 'questions' ? sniffed.questions : [])
    const account = { records: 0, accepted: 0, remarked: 0, setAside: 0 }
    return { complete: false, reason, account, notes: { unknownFields: {}, remarks: [] } }
  }
  const reader = new HashCsvListReader(profile, all)
  const rows = readCsvRows(rest, profile.dialect, all.limits)
  for (;;) {
    const next = await rows.next()
    if (next.done === true) return reader.end(next.value.problem)
    const entry = reader.row(next.value)
    if (entry !== null) yield entry
    if (reader.failed) {
      await rows.return({ problem: null })
      return reader.end(null)
    }
  }
}

/** Collects the first 64 KiB and gives back a source that starts with them. */
async function peek(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly rest: AsyncIterable<Uint8Array> }> {
  const source = chunks[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let size = 0
  let ended = false
  while (size < 65_536 && !ended) {
    const next = await source.next()
    if (next.done === true) ended = true
    else {
      first.push(Uint8Array.from(next.value))
      size += next.value.length
    }
  }
  const head = Buffer.concat(first)
  async function* rest(): AsyncGenerator<Uint8Array> {
    yield head
    while (!ended) {
      const next = await source.next()
      if (next.done === true) ended = true
      else yield next.value
    }
  }
  return { head, rest: rest() }
}
