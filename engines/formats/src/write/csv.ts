import type { AnyRecord } from '../record.ts'
import { exportedOf, type Written } from './exported.ts'

/**
 * OWASP, CSV injection: a cell that begins with one of these may run as a formula. It gets an apostrophe in front, and
 * so does one that begins with an apostrophe, so that it can be taken away again. Full-width signs count too.
 */
const risky = /^['=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

export const guardCell = (text: string): string => (risky.test(text) ? `'${text}` : text)
export const unguardCell = (text: string): string =>
  text.startsWith("'") && risky.test(text.slice(1)) ? text.slice(1) : text

const quoted = (text: string): string => `"${guardCell(text).replaceAll('"', '""')}"`

/** RFC 4180, every cell quoted: separators in a cell cannot begin a new one that is not guarded. */
export const csvTable = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')

export const csvColumns = ['record', 'format', 'reference', 'at', 'what', 'kind', 'value', 'name', 'place'] as const

/** One row for each identifier and each digest (or name) of a file; a record without either is one row. */
export function writeCsv(records: readonly AnyRecord[]): Written {
  const rows: string[][] = [[...csvColumns]]
  records.forEach((record, index) => {
    const { reference, at, identifiers, files } = exportedOf(record, index)
    const format = record.kind === 'list-entry' ? 'list-entry' : record.format
    const add = (what: string, kind: string, value: string, name: string, place: string): void => {
      rows.push([String(index), format, reference ?? '', at ?? '', what, kind, value, name, place])
    }
    for (const { kind, normal, place } of identifiers) add('identifier', kind, normal, '', place)
    for (const { name, hashes, place } of files) {
      for (const hash of hashes) add('file', hash.kind, hash.value, name ?? '', hash.place)
      if (hashes.length === 0) add('file', '', '', name ?? '', place)
    }
    if (identifiers.length === 0 && files.length === 0) add('record', '', '', '', '')
  })
  return { text: csvTable(rows), notWritten: [] }
}
