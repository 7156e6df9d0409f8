import type { Entry, ListEntryRecord, Remark } from '../record.ts'
import { readContext, type VicsContext } from './context.ts'
import { type BrokenCode, type Cut, type CutLimits, type Part, RecordCutter } from './cutter.ts'
import { type ListEnd, type ListReading, Tally, UnknownFields } from './list-end.ts'
import { readMedia, unknownFieldsOf } from './media.ts'
import { type CutProblem, parseCut } from './strict-json.ts'

export interface VicsOptions extends CutLimits {
  readonly records: number
}

export const defaultVicsOptions: VicsOptions = {
  recordBytes: 16 * 1024 * 1024,
  depth: 64,
  records: 100_000_000,
}

const brokenSays: Readonly<Record<BrokenCode | 'not-vics' | 'too-many-records', string>> = {
  'not-json': 'The file is not valid JSON from here on. Nothing of it may be used; send it again.',
  truncated: 'The file ends before its end: it is truncated. Nothing of it may be used; send it again.',
  'no-media': 'The file has no list of media.',
  empty: 'The file is empty.',
  'not-vics': 'The first key does not name a VICS model that we know (1.x or 2.x, Media or Cases).',
  'too-many-records': 'The file has more entries than this lane accepts.',
}

const cutSays: Readonly<Record<CutProblem, string>> = {
  'record-over-limit': 'The entry is larger or nested deeper than any real one and was not read.',
  'not-utf8': 'The entry is not valid UTF-8.',
  'not-json': brokenSays['not-json'],
  'duplicate-key': 'The entry names the same field twice; nobody can know which one is meant.',
  'not-an-object': 'The entry is no object.',
}

/** The reader without its source of bytes: push chunks, then end. */
export class VicsListReader {
  readonly #options: VicsOptions
  readonly #cutter: RecordCutter
  readonly #tally = new Tally()
  readonly #unknown = new UnknownFields()
  #context: VicsContext | null = null
  #claimed: number | null = null
  #failure: Remark | null = null

  constructor(options: VicsOptions) {
    this.#options = options
    this.#cutter = new RecordCutter(options)
  }

  get failed(): boolean {
    return this.#failure !== null
  }

  *push(chunk: Uint8Array): Generator<Entry<ListEntryRecord>, void, undefined> {
    if (this.#failure !== null) return
    for (const part of this.#cutter.push(chunk)) {
      const entry = this.#take(part)
      if (entry !== null) yield this.#tally.count(entry)
      if (this.failed) return
    }
  }

  end(): ListEnd {
    if (this.#failure === null) for (const part of this.#cutter.end()) this.#take(part)
    const account = this.#tally.account()
    const notes = { unknownFields: this.#unknown.counted(), remarks: this.#countRemarks(account.records) }
    return this.#failure === null
      ? { complete: true, account, claimedCount: this.#claimed, notes }
      : { complete: false, account, reason: this.#failure, notes }
  }

  #take(part: Part): Entry<ListEntryRecord> | null {
    switch (part.kind) {
      case 'broken':
        return this.#fail(part.code, `bytes ${part.offset}`)
      case 'member':
        return this.#member(part)
      case 'case':
        return this.#context === null ? this.#fail('not-vics', '$') : null
      case 'record':
        return this.#record(part.place, part.cut)
    }
  }

  #member(part: Extract<Part, { kind: 'member' }>): null {
    if (part.of === 'root' && this.#context === null) {
      const context = readContext(part.name, readText(part.text))
      if (context === null) return this.#fail('not-vics', '$')
      this.#context = context
      this.#cutter.shape = context.shape
      return null
    }
    const claims = part.of === 'case' ? part.name === 'TotalMediaFiles' : /^@?odata\.count$/.test(part.name)
    if (claims) {
      const count = readCount(part.text)
      if (count !== null) this.#claimed = (this.#claimed ?? 0) + count
    } else if (part.of === 'root') this.#unknown.add(part.name)
    return null
  }

  #record(place: string, cut: Cut): Entry<ListEntryRecord> | null {
    if (this.#context === null) return this.#fail('not-vics', '$')
    if (this.#tally.records >= this.#options.records) return this.#fail('too-many-records', place)
    const parsed = parseCut(cut)
    if (!parsed.ok) {
      if (parsed.damaged) return this.#fail('not-json', `bytes ${cut.offset}`)
      return { outcome: 'set-aside', place, reason: { code: parsed.code, place, says: cutSays[parsed.code] } }
    }
    for (const name of unknownFieldsOf(parsed.value)) this.#unknown.add(name)
    return readMedia(parsed.value, place, this.#context.scheme)
  }

  #fail(code: keyof typeof brokenSays, place: string): null {
    this.#failure ??= { code, place, says: brokenSays[code] }
    return null
  }

  #countRemarks(records: number): Remark[] {
    if (this.#claimed === null || this.#claimed === records) return []
    const says = `The sender speaks of ${this.#claimed} files, the list holds ${records} entries; tools count differently.`
    return [{ code: 'count-differs', place: '$', says }]
  }
}

/** Text of a JSON string member; anything else reads as empty. */
function readText(json: string | null): string {
  const value = parsed(json)
  return typeof value === 'string' ? value : ''
}

function readCount(json: string | null): number | null {
  const value = Number(parsed(json) ?? Number.NaN)
  return Number.isSafeInteger(value) && value >= 0 ? value : null
}

function parsed(json: string | null): unknown {
  try {
    return json === null ? null : JSON.parse(json)
  } catch {
    return null
  }
}

/**
 * Streams a VICS / CAID list. Memory stays at one chunk and one entry. The return value says `complete` or not; a
 * caller must throw away every entry of a list that is not.
 */
export async function* readVicsList(
  chunks: AsyncIterable<Uint8Array>,
  options: Partial<VicsOptions> = {},
): ListReading {
  const reader = new VicsListReader({ ...defaultVicsOptions, ...options })
  for await (const chunk of chunks) {
    yield* reader.push(chunk)
    if (reader.failed) break
  }
  return reader.end()
}
