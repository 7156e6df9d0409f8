import { finished } from 'node:stream'
import { CsvError, type InfoRecord, type Parser, parse } from 'csv-parse'
import { parse as parseWhole } from 'csv-parse/sync'
import { isSeparatorLine } from '../bulk/separator-line.ts'
import type { Limits } from '../reader.ts'
import type { Remark } from '../record.ts'

export type Delimiter = ',' | ';' | '\t' | '|'
export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252'

export interface CsvDialect {
  readonly delimiter: Delimiter
  readonly encoding: Encoding
  /** A quote in the middle of an unquoted cell is an ordinary character. Otherwise the file is refused there. */
  readonly looseQuotes: boolean
}

/** One row as written: cells are text, never numbers, dates or formulas. Blank lines are no rows. */
export interface CsvRow {
  /** From 1, the header included: what a spreadsheet shows when no cell holds a line break. */
  readonly number: number
  /** Line of the file on which the row ends. */
  readonly line: number
  readonly cells: readonly string[]
}

/** `problem` says why reading stopped before the end of the file. */
export interface CsvEnd {
  readonly problem: Remark | null
}

type RowLimits = Pick<Limits, 'maxLineLength' | 'maxColumns'>

const optionsFor = (dialect: CsvDialect, limits: RowLimits) => ({
  delimiter: dialect.delimiter,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_quotes: dialect.looseQuotes,
  relax_column_count: true,
  skip_empty_lines: true,
  bom: true,
  max_record_size: limits.maxLineLength,
})

/** Streams rows; memory stays at one chunk and its rows. */
export async function* readCsvRows(
  chunks: AsyncIterable<Uint8Array>,
  dialect: CsvDialect,
  limits: RowLimits,
): AsyncGenerator<CsvRow, CsvEnd, undefined> {
  const text = new StrictText(dialect.encoding)
  // Rows are collected as they are met, because a stream that fails drops those it still holds.
  let rows: CsvRow[] = []
  const parser = parse({
    ...optionsFor(dialect, limits),
    on_record: (cells: string[], info: InfoRecord) => {
      if (!isFirstMark(cells, info)) rows.push(toRow(cells, info))
      return null
    },
  })
  parser.on('error', () => undefined)
  parser.resume()
  try {
    for await (const piece of text.through(chunks)) {
      const problem = await written(parser, piece)
      for (const row of rows) {
        if (row.cells.length > limits.maxColumns) return { problem: tooManyColumns(row) }
        yield row
      }
      rows = []
      if (problem !== null) return { problem }
    }
    if (text.problem !== null) return { problem: text.problem }
    const problem = await ended(parser)
    for (const row of rows) {
      if (row.cells.length > limits.maxColumns) return { problem: tooManyColumns(row) }
      yield row
    }
    return { problem }
  } finally {
    parser.destroy()
  }
}

const written = (parser: Parser, text: string): Promise<Remark | null> =>
  new Promise((resolve, reject) => parser.write(text, settle(resolve, reject)))

const ended = (parser: Parser): Promise<Remark | null> =>
  new Promise((resolve, reject) => {
    finished(parser, settle(resolve, reject))
    parser.end()
  })

const settle =
  (resolve: (problem: Remark | null) => void, reject: (bug: Error) => void) =>
  (error: Error | null | undefined): void => {
    if (error === null || error === undefined) resolve(null)
    else if (error instanceof CsvError) resolve(csvProblem(error))
    else reject(error)
  }

/** The same for bytes that are in memory already. */
export function* readCsvRowsOf(
  bytes: Uint8Array,
  dialect: CsvDialect,
  limits: RowLimits,
): Generator<CsvRow, CsvEnd, undefined> {
  const strict = new StrictText(dialect.encoding)
  const text = `${strict.next(bytes)}${strict.end()}`
  const rows: CsvRow[] = []
  let problem: Remark | null = null
  try {
    parseWhole(text, {
      ...optionsFor(dialect, limits),
      on_record: (cells: string[], context: InfoRecord) => {
        if (!isFirstMark(cells, context)) rows.push(toRow(cells, context))
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problem = csvProblem(error)
  }
  for (const row of rows) {
    if (row.cells.length > limits.maxColumns) return { problem: tooManyColumns(row) }
    yield row
  }
  return { problem: strict.problem ?? problem }
}

const isFirstMark = (cells: readonly string[], { records }: InfoRecord): boolean =>
  records === 1 && isSeparatorLine(cells)

const toRow = (cells: string[], context: InfoRecord): CsvRow => ({
  number: context.records,
  line: context.lines,
  cells,
})

const tooManyColumns = (row: CsvRow): Remark => ({
  code: 'too-many-columns',
  place: `row ${row.number}`,
  says: 'The file has more columns than any real list.',
})

/** Decodes strictly; what follows a wrong byte is not read, because nobody can tell where it belongs. */
class StrictText {
  problem: Remark | null = null
  readonly #decoder: TextDecoder
  readonly #encoding: Encoding
  #bytes = 0

  constructor(encoding: Encoding) {
    this.#encoding = encoding
    this.#decoder = new TextDecoder(encoding, { fatal: true })
  }

  next(chunk: Uint8Array): string {
    return this.#decode(chunk, true)
  }

  end(): string {
    return this.#decode(undefined, false)
  }

  async *through(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    for await (const chunk of chunks) {
      const text = this.next(chunk)
      if (text !== '') yield text
      if (this.problem !== null) return
    }
    const last = this.end()
    if (last !== '') yield last
  }

  #decode(chunk: Uint8Array | undefined, stream: boolean): string {
    if (this.problem !== null) return ''
    try {
      const text = this.#decoder.decode(chunk, { stream })
      this.#bytes += chunk?.length ?? 0
      return text
    } catch {
      const says = `The file is not valid ${this.#encoding.toUpperCase()} here. Save it again as UTF-8 and send it again.`
      this.problem = { code: 'encoding', place: `bytes ${this.#bytes}`, says }
      return ''
    }
  }
}

const problems: Readonly<Record<string, readonly [code: string, says: string]>> = {
  CSV_QUOTE_NOT_CLOSED: [
    'unclosed-quote',
    'A quote opens a cell and is never closed; the rows after it cannot be told apart.',
  ],
  INVALID_OPENING_QUOTE: ['stray-quote', 'A quote stands inside an unquoted cell.'],
  CSV_INVALID_CLOSING_QUOTE: ['stray-quote', 'Text follows a closing quote in the same cell.'],
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: ['stray-quote', 'Text follows a closing quote in the same cell.'],
  CSV_MAX_RECORD_SIZE: ['row-too-long', 'A row is longer than any real one; a quote may be open.'],
}

function csvProblem(error: CsvError): Remark {
  const lines: unknown = error.lines
  const place = typeof lines === 'number' ? `line ${lines}` : 'whole file'
  const [code, says] = problems[error.code] ?? ['not-csv', 'The file is not in the agreed CSV form here.']
  return { code, place, says: `${says} (${place})` }
}
