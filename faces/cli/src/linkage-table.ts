import { createReadStream } from 'node:fs'
import { guard, readEntries } from '@tandem/formats'
import { type Cells, type FieldKind, fieldKinds, gathered, type Inferred, inferKinds } from '@tandem/linkage'

/** Rows of one or several files under the same heads; where each came from is kept, and what could not be a row. */
export interface Rows {
  readonly names: readonly string[]
  /** One list a name, in their order: the values of a record. */
  readonly rows: readonly (readonly (readonly string[])[])[]
  /** `file, row n, line m`: as an officer would look it up. */
  readonly places: readonly string[]
  readonly setAside: readonly { readonly place: string; readonly says: string }[]
  readonly remarked: number
}

export type Read = { readonly ok: true; readonly rows: Rows } | { readonly ok: false; readonly says: string }

/** Tables and JSON lines as intake reads dumps, guard first: told by content, cells of any dialect, nothing lost in silence. */
export async function readRows(paths: readonly string[]): Promise<Read> {
  const names = new Map<string, number>()
  const records: { readonly values: ReadonlyMap<string, readonly string[]>; readonly place: string }[] = []
  const setAside: { place: string; says: string }[] = []
  let remarked = 0
  for (const path of paths) {
    const bytes = await guarded(path)
    if (typeof bytes === 'string') return { ok: false, says: bytes }
    const isJson = Buffer.from(bytes.subarray(0, 64))
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trimStart()
      .startsWith('{')
    for (const entry of readEntries(bytes, { format: isJson ? 'json-lines' : 'table-csv' })) {
      const place = `${path}, ${entry.place}`
      if (entry.outcome === 'set-aside') setAside.push({ place, says: entry.reason.says })
      else if (entry.record.kind === 'item') {
        if (entry.outcome === 'remarked') remarked++
        const values = Map.groupBy(entry.record.details, ({ kind }) => kind)
        for (const name of values.keys()) if (!names.has(name)) names.set(name, names.size)
        records.push({
          values: new Map([...values].map(([name, all]) => [name, all.map(({ value }) => value)])),
          place,
        })
      }
    }
  }
  const order = [...names.keys()]
  return {
    ok: true,
    rows: {
      names: order,
      rows: records.map(({ values }) => order.map((name) => values.get(name) ?? [])),
      places: records.map(({ place }) => place),
      setAside,
      remarked,
    },
  }
}

/** What of the file may be read, or why not. */
async function guarded(path: string): Promise<Uint8Array | string> {
  try {
    const outcome = await guard(createReadStream(path))
    return outcome.refusal === null ? outcome.guarded : `${path}: refused: ${outcome.refusal.says}`
  } catch {
    return `${path} is not there, is no file, or is not readable for you.`
  }
}

export const isKind = (kind: string): kind is FieldKind => fieldKinds.some((known) => known === kind)

/** What was inferred, with what the caller says instead (a kind of `none` leaves a column out), put together where it must be. */
export function cellsAsked({ names, rows }: Rows, said: ReadonlyMap<string, FieldKind | null>): Cells {
  const firsts = rows.map((row) => row.map(([first = '']) => first))
  const columns = inferKinds(names, firsts).map((column): Inferred => {
    const kind = said.get(column.name)
    return kind === undefined ? column : { name: column.name, kind, because: 'as you said' }
  })
  return gathered({ names, rows, columns })
}
