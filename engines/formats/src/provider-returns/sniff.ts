import { type CsvDialect, type Delimiter, type Encoding, readCsvRowsOf } from '../hash-csv/rows.ts'
import { headLength } from '../head.ts'
import { defaultLimits } from '../reader.ts'
import { type DayFirst, dayEvidence } from './answer-time.ts'
import { bestOf, type MatchedHeader, matchForms, matchHeader } from './match.ts'
import type { ReturnProfile } from './profile.ts'

/** How a table of an answer is written, with what was seen of it. */
export interface SniffedReturn {
  readonly dialect: CsvDialect
  readonly header: MatchedHeader
  /** Row of the header, from 1, or 0 when there is none: the rows before it are a legend. */
  readonly headerRow: number
  readonly days: DayFirst
  readonly encodingGuessed: boolean
}

export type ReturnSniffing =
  | { readonly kind: 'known'; readonly sniffed: SniffedReturn }
  | { readonly kind: 'open'; readonly candidates: readonly string[] }
  | { readonly kind: 'unknown' }

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|']
const legendRows = 200
export const sniffLength = 8 * headLength

/** Looks at the beginning: tries each delimiter and looks for the first row that is a header some profile knows. */
export function sniffReturn(bytes: Uint8Array, profiles: readonly ReturnProfile[]): ReturnSniffing {
  const { encoding, guessed } = encodingOf(bytes)
  const found = delimiters.flatMap((delimiter) => {
    const dialect: CsvDialect = { delimiter, encoding, looseQuotes: true }
    const rows = sampleOf(bytes, dialect)
    const at = rows.slice(0, legendRows).findIndex((cells) => matchHeader(cells, profiles).length > 0)
    const best = at < 0 ? null : bestOf(matchHeader(rows[at] ?? [], profiles))
    const bare = at < 0 ? matchForms(rows[0] ?? [], delimiter, profiles) : null
    const header = best ?? bare
    return header === null ? [] : [{ dialect, header, headerRow: at + 1, rows: rows.slice(at + 1) }]
  })
  const [first, second] = found
  if (first === undefined) return { kind: 'unknown' }
  const { header, headerRow, dialect, rows } = first
  if (second !== undefined)
    return { kind: 'open', candidates: found.map((each) => `delimiter ${JSON.stringify(each.dialect.delimiter)}`) }
  if (isSeveral(header)) return { kind: 'open', candidates: header.map(({ profile }) => profile.id) }
  return {
    kind: 'known',
    sniffed: { dialect, header, headerRow, days: daysOf(rows, header), encodingGuessed: guessed },
  }
}

const isSeveral = (header: MatchedHeader | readonly MatchedHeader[]): header is readonly MatchedHeader[] =>
  Array.isArray(header)

function encodingOf(bytes: Uint8Array): { encoding: Encoding; guessed: boolean } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', guessed: false }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return { encoding: 'utf-8', guessed: false }
  } catch {
    return { encoding: 'windows-1252', guessed: true }
  }
}

function sampleOf(bytes: Uint8Array, dialect: CsvDialect): (readonly string[])[] {
  const head = bytes.subarray(0, dialect.encoding === 'utf-16le' ? sniffLength & ~1 : sniffLength)
  // The last row of a head may be cut.
  const whole = head.length === bytes.length || dialect.encoding !== 'utf-8'
  const sample = whole ? head : head.subarray(0, head.lastIndexOf(0x0a) + 1)
  return [...readCsvRowsOf(sample, dialect, { ...defaultLimits, maxLineLength: sniffLength })].map(({ cells }) => cells)
}

/** One date that exists in one order only decides for the column family; two that contradict decide nothing. */
function daysOf(rows: readonly (readonly string[])[], header: MatchedHeader): DayFirst {
  const seen = new Set<DayFirst>()
  for (const cells of rows) {
    for (const [at, column] of header.columns.entries()) {
      if (column?.is === 'time' || column?.is === 'time-to' || column?.is === 'date')
        seen.add(dayEvidence(cells[at] ?? ''))
    }
  }
  seen.delete('open')
  const [only] = seen
  return seen.size === 1 && only !== undefined ? only : 'open'
}
