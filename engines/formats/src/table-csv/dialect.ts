import { isSeparatorLine } from '../bulk/separator-line.ts'
import { decodeText } from '../bulk/text.ts'
import { RowCutter } from './cutter.ts'

export type Delimiter = ',' | ';' | '\t' | '|'

export interface TableDialect {
  readonly delimiter: Delimiter
  readonly header: boolean
}

export type SniffedTable =
  | { readonly kind: 'dialect'; readonly dialect: TableDialect }
  | { readonly kind: 'question'; readonly says: string }

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|']

/** Looks at the first rows: the separator that makes rows of one width, and whether the first row is names. */
export function sniffTable(head: Uint8Array, whole: boolean): SniffedTable {
  const tries = delimiters.map((delimiter) => ({ delimiter, rows: sampleRows(head, delimiter, whole) }))
  const scored = tries
    .map(({ delimiter, rows }) => ({ delimiter, rows, ...evenness(rows) }))
    .filter(({ width }) => width > 1)
    .sort((a, b) => b.share - a.share)
  const [best, second] = scored
  if (best === undefined) {
    const rows = sampleRows(head, ',', whole)
    return { kind: 'dialect', dialect: { delimiter: ',', header: isHeader(rows) } }
  }
  if (second !== undefined && second.share === best.share) {
    const open = [best, second].map(({ delimiter }) => (delimiter === '\t' ? 'tab' : delimiter)).join(' or ')
    return { kind: 'question', says: `Which character separates the columns: ${open}? The first rows fit both.` }
  }
  return { kind: 'dialect', dialect: { delimiter: best.delimiter, header: isHeader(best.rows) } }
}

function sampleRows(head: Uint8Array, delimiter: Delimiter, whole: boolean): string[][] {
  const cutter = new RowCutter(delimiter, 65_536)
  const rows: string[][] = []
  const take = (row: { readonly cells: readonly Uint8Array[]; readonly faults: readonly string[] }): void => {
    if (rows.length < 50 && row.faults.length === 0) rows.push(row.cells.map((cell) => decodeText(cell).text))
  }
  for (const row of cutter.push(head)) take(row)
  if (whole) for (const row of cutter.end()) take(row)
  return isSeparatorLine(rows[0] ?? []) ? rows.slice(1) : rows
}

/** Most frequent width and the share of rows that have it. */
function evenness(rows: readonly (readonly string[])[]): { width: number; share: number } {
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  let width = 0
  let most = 0
  for (const [each, count] of counts)
    if (count > most || (count === most && each > width)) [width, most] = [each, count]
  return { width, share: rows.length === 0 ? 0 : most / rows.length }
}

/** Names: every cell filled, no two alike, none a number, an address or a time. */
export function isHeader(rows: readonly (readonly string[])[]): boolean {
  const first = rows[0]
  if (first === undefined || rows.length < 2) return false
  const names = first.map((cell) => cell.trim())
  if (names.some((name) => name === '' || name.length > 100 || /^[\d.,:+-]+$|@|:\/\//.test(name))) return false
  return new Set(names).size === names.length
}
