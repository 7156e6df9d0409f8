import { revealed } from './safe.ts'

export type TsvValue = string | number | null

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection). */
const startsFormula = /^[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/

export function tsvCell(value: TsvValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const line = revealed(value.replace(/[\t\r\n]+/g, ' '))
  return startsFormula.test(line) ? `'${line}` : line
}

export const toTsv = (head: readonly string[], rows: readonly (readonly TsvValue[])[]): string =>
  [head, ...rows].map((row) => row.map(tsvCell).join('\t')).join('\n')
