import { readFileSync } from 'node:fs'
import { type Field, type FieldKind, fieldKinds, type Inferred, inferKinds, type Table } from '@tandem/linkage'
import { parse } from 'csv-parse/sync'

/** Rows of one or several files under the same heads; where each came from is kept. */
export interface Rows {
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** `file, row n`: as an officer would look it up. */
  readonly places: readonly string[]
}

export type Read = { readonly ok: true; readonly rows: Rows } | { readonly ok: false; readonly says: string }

/** CSV with a head line, or one JSON object a line; told by content. Heads of several files are joined by name. */
export function readRows(paths: readonly string[]): Read {
  const names: string[] = []
  const all: { readonly values: ReadonlyMap<string, string>; readonly place: string }[] = []
  for (const path of paths) {
    let text: string
    try {
      text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
    } catch {
      return { ok: false, says: `${path} is not there, or not readable for you.` }
    }
    const read = text.trimStart().startsWith('{') ? jsonLines(text) : csv(text)
    if (typeof read === 'string') return { ok: false, says: `${path}: ${read}` }
    read.forEach((values, index) => {
      for (const name of values.keys()) if (!names.includes(name)) names.push(name)
      all.push({ values, place: `${path}, row ${index + 1}` })
    })
  }
  return {
    ok: true,
    rows: {
      names,
      rows: all.map(({ values }) => names.map((name) => values.get(name) ?? '')),
      places: all.map(({ place }) => place),
    },
  }
}

function csv(text: string): Map<string, string>[] | string {
  try {
    const [head = [], ...rows]: string[][] = parse(text, { relax_quotes: true, relax_column_count: true, trim: true })
    if (new Set(head).size < head.length) return 'two columns have the same head; give each a name of its own.'
    return rows.map((row) => new Map(head.map((name, at) => [name, row[at] ?? ''])))
  } catch (error) {
    return `it cannot be read as CSV (${error instanceof Error ? error.message : String(error)}).`
  }
}

function jsonLines(text: string): Map<string, string>[] | string {
  const rows: Map<string, string>[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      return `line ${index + 1} is not JSON.`
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `line ${index + 1} is no object.`
    const said = Object.entries(value).flatMap(([name, each]): [string, string][] =>
      typeof each === 'string' || typeof each === 'number' ? [[name, String(each)]] : [],
    )
    rows.push(new Map(said))
  }
  return rows
}

export const isKind = (kind: string): kind is FieldKind => fieldKinds.some((known) => known === kind)

/** What was inferred, with what the caller says instead. A kind of `none` leaves a column out. */
export function columnsAsked({ names, rows }: Rows, said: ReadonlyMap<string, FieldKind | null>): readonly Inferred[] {
  return inferKinds(names, rows).map((column) => {
    const kind = said.get(column.name)
    return kind === undefined ? column : { name: column.name, kind, because: 'as you said' }
  })
}

/** Several values in one cell stand apart by a bar. */
export function tableOf({ rows }: Rows, columns: readonly Inferred[]): Table {
  const used = columns.flatMap(({ name, kind }, at): (Field & { readonly at: number })[] =>
    kind === null ? [] : [{ name, kind, at }],
  )
  return {
    fields: used.map(({ name, kind }) => ({ name, kind })),
    records: rows.map((row, number) => ({
      id: String(number),
      values: used.map(({ at }) =>
        (row[at] ?? '')
          .split('|')
          .map((value) => value.trim())
          .filter((value) => value !== ''),
      ),
    })),
  }
}
