import { type CsvEnd, type CsvRow, readCsvRows, readCsvRowsOf } from '../hash-csv/rows.ts'
import type { Head } from '../head.ts'
import { type Fit, type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord, Remark } from '../record.ts'
import { isKeyLines, readKeyLines } from './key-lines.ts'
import { bestOf, type MatchedHeader, matchHeader } from './match.ts'
import type { ReturnProfile } from './profile.ts'
import { returnProfiles } from './profiles.ts'
import { readRow, type Value } from './row.ts'
import { type SniffedReturn, sniffLength, sniffReturn } from './sniff.ts'

export interface ReturnOptions {
  /** Profiles of this desk, before the built-in ones; or one that a person chose. */
  readonly profiles?: readonly ReturnProfile[]
}

export const providerReturnReader = {
  id: 'provider-return',
  title: 'Answer of a provider or carrier',
  detect: detectReturn,
  read: (bytes, limits) => readReturn(bytes, limits),
  stream: (chunks, limits, skip) => streamReturn(chunks, limits, skip),
} satisfies Omit<Reader, 'id'> & { readonly id: 'provider-return' }

function detectReturn(head: Head): Fit {
  if (head.looksLike === 'empty' || head.looksLike === 'xml') return 'no'
  if (isKeyLines(head.text)) return 'certain'
  if (head.looksLike === 'json' || head.looksLike === 'json lines') return 'no'
  const sniffing = sniffReturn(head.bytes, returnProfiles)
  if (sniffing.kind === 'unknown') return 'no'
  return sniffing.kind === 'known' && sniffing.sniffed.header.profile.distinctive ? 'certain' : 'possible'
}

/** Rows in, entries out; what is no row of an answer is counted and said. */
class ReturnTable {
  readonly #sniffed: SniffedReturn
  readonly #profiles: readonly ReturnProfile[]
  readonly #limits: Limits
  #header: MatchedHeader
  #records = 0
  #claimed: number | null = null
  readonly #passed = new Map<string, { count: number; place: string }>()
  stopped = false

  constructor(sniffed: SniffedReturn, profiles: readonly ReturnProfile[], limits: Limits) {
    this.#sniffed = sniffed
    this.#profiles = profiles
    this.#limits = limits
    this.#header = sniffed.header
  }

  row({ number, cells }: CsvRow): Entry<ItemRecord> | null {
    const place = `row ${number}`
    if (number < this.#sniffed.headerRow) return this.#pass('legend', place)
    if (number === this.#sniffed.headerRow) return null
    const filled = cells.filter((cell) => cell.trim() !== '')
    if (filled.length === 0 || filled.every((cell) => /^[=\-_*#]+$/.test(cell.trim())))
      return this.#pass('separator', place)
    const again = bestOf(matchHeader(cells, this.#profiles))
    if (again !== null) {
      // A new section begins, or the header of a page is repeated.
      if ('profile' in again) this.#header = again
      return this.#pass('header', place)
    }
    const total = /^\s*(?:total|totals|end of (?:report|file)|records?|rows?|count)\b[^0-9]*([0-9]{1,9})?\s*$/i.exec(
      filled.join(' '),
    )
    if (total !== null && filled.length <= 2) {
      if (total[1] !== undefined) this.#claimed = Number(total[1])
      return this.#pass('footer', place)
    }
    if (filled.length === 1 && this.#header.columns.length > 3) return this.#pass('legend', place)
    this.#records += 1
    if (this.#records > this.#limits.maxRecords) {
      this.stopped = true
      const says = `more than ${this.#limits.maxRecords} rows: the rest was not read`
      return setAside({ code: 'too-many-records', place: `rest of the file from ${place}`, says })
    }
    return this.#answer(cells, place)
  }

  #answer(cells: readonly string[], place: string): Entry<ItemRecord> {
    const { columns, captions, zones, profile } = this.#header
    const values: Value[] = cells.map((text, at) => ({
      caption: captions[at] ?? `column ${at + 1}`,
      column: columns[at] ?? null,
      zone: zones[at] ?? null,
      text,
      place: `${place}, column ${at + 1}`,
    }))
    const whole = { name: `${profile.provider} (${profile.id})`, place: 'whole file' }
    const entry = readRow(values, place, { profile, whole, days: this.#sniffed.days })
    if (cells.length === captions.length || entry.outcome === 'set-aside') return entry
    const says = `${cells.length} cells under ${captions.length} captions: values may stand under a wrong one`
    const remarks = entry.outcome === 'remarked' ? entry.remarks : []
    return {
      outcome: 'remarked',
      place,
      record: entry.record,
      remarks: [...remarks, { code: 'column-count', place, says }],
    }
  }

  *end(problem: Remark | null): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
    if (problem !== null) yield setAside(problem)
    else if (this.#records === 0)
      yield wholeFile('no-rows', 'the answer has a header and no row: the sender may hold nothing')
    const remarks: Remark[] = [...this.#passed].map(([what, { count, place }]) => ({
      code: `rows-${what}`,
      place,
      says: `${count} rows are no answers (${what}), the first is ${place}.`,
    }))
    if (this.#sniffed.encodingGuessed) {
      remarks.push({
        code: 'encoding-guessed',
        place: 'whole file',
        says: 'Not UTF-8: read as Windows-1252; check names with accents.',
      })
    }
    if (this.#claimed !== null && this.#claimed !== this.#records) {
      const says = `The sender counts ${this.#claimed} rows, the file holds ${this.#records}.`
      remarks.push({ code: 'count-differs', place: 'whole file', says })
    }
    return { claimedRecords: this.#claimed, remarks }
  }

  #pass(what: string, place: string): null {
    const seen = this.#passed.get(what) ?? { count: 0, place }
    this.#passed.set(what, { ...seen, count: seen.count + 1 })
    return null
  }
}

const setAside = (reason: Remark): Entry<never> => ({ outcome: 'set-aside', place: reason.place, reason })

/** Null when the table can be read; else the entry that says why not. */
function opened(bytes: Uint8Array, profiles: readonly ReturnProfile[]): SniffedReturn | Entry<never> {
  const sniffing = sniffReturn(bytes, profiles)
  if (sniffing.kind === 'known') return sniffing.sniffed
  if (sniffing.kind === 'unknown')
    return wholeFile('profile-needed', 'no row is a header that we know: say which column is which')
  return wholeFile('profile-open', `it could be ${sniffing.candidates.join(' or ')}: say which`)
}

export function* readReturn(
  bytes: Uint8Array,
  limits: Limits,
  options: ReturnOptions = {},
): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
  const profiles = options.profiles ?? returnProfiles
  const text = new TextDecoder().decode(bytes.subarray(0, 4096))
  if (isKeyLines(text)) return yield* readKeyLines(bytes, limits, profiles)
  const sniffed = opened(bytes, profiles)
  if ('outcome' in sniffed) {
    yield sniffed
    return { claimedRecords: null, remarks: [] }
  }
  const table = new ReturnTable(sniffed, profiles, limits)
  const rows = readCsvRowsOf(bytes, sniffed.dialect, limits)
  let step: IteratorResult<CsvRow, CsvEnd> = rows.next()
  while (step.done !== true && !table.stopped) {
    const entry = table.row(step.value)
    if (entry !== null) yield entry
    step = rows.next()
  }
  return yield* table.end(step.done === true ? step.value.problem : null)
}

async function* streamReturn(
  chunks: AsyncIterable<Uint8Array>,
  limits: Limits,
  skip = 0,
  profiles: readonly ReturnProfile[] = returnProfiles,
): AsyncGenerator<Entry<ItemRecord>, ReaderEnd, undefined> {
  const source = chunks[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let length = 0
  let over = false
  while (length < sniffLength && !over) {
    const next = await source.next()
    if (next.done === true) over = true
    else {
      held.push(Uint8Array.from(next.value))
      length += next.value.length
    }
  }
  const head = Buffer.concat(held)
  let left = skip
  const wanted = (entry: Entry<ItemRecord> | null): entry is Entry<ItemRecord> => {
    if (entry === null) return false
    left -= 1
    return left < 0
  }
  const small = over || isKeyLines(head.subarray(0, 4096).toString())
  if (small) {
    // Small enough to be read whole: the same grammar without a stream.
    for (
      let next = over ? null : await source.next();
      next !== null && next.done !== true;
      next = await source.next()
    ) {
      held.push(Uint8Array.from(next.value))
    }
    const reading = readReturn(Buffer.concat(held), limits, { profiles })
    let step = reading.next()
    while (step.done !== true) {
      if (wanted(step.value)) yield step.value
      step = reading.next()
    }
    return step.value
  }
  const sniffed = opened(head, profiles)
  if ('outcome' in sniffed) {
    if (wanted(sniffed)) yield sniffed
    return { claimedRecords: null, remarks: [] }
  }
  const table = new ReturnTable(sniffed, profiles, limits)
  const rows = readCsvRows(rest(head, source), sniffed.dialect, limits)
  let step = await rows.next()
  while (step.done !== true && !table.stopped) {
    const entry = table.row(step.value)
    if (wanted(entry)) yield entry
    step = await rows.next()
  }
  const end = table.end(step.done === true ? step.value.problem : null)
  let last = end.next()
  while (last.done !== true) {
    if (wanted(last.value)) yield last.value
    last = end.next()
  }
  return last.value
}

async function* rest(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
}
