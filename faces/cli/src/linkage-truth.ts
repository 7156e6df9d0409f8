import { existsSync } from 'node:fs'
import { type Rows, readRows } from './linkage-table.ts'

/** Whose each record is, from a column of the table or from a file beside it; and the columns that are not looked at. */
export interface Truth {
  readonly whose: readonly string[]
  /** The truth itself, and what joins a file of it to the table. */
  readonly hidden: ReadonlySet<string>
  /** Records of which the truth says nothing; each counts as a person of its own. */
  readonly silent: number
  /** Lines of the file whose record is not in the table. */
  readonly unmet: number
}

const heads = /cluster|entity|person|subject|whose|truth/i

/** `said` is a column of the table, or FILE, or FILE#COLUMN. What is wrong with it comes back in words. */
export async function readTruth(said: string, table: Rows): Promise<Truth | string> {
  if (table.names.includes(said)) {
    const at = table.names.indexOf(said)
    return withSilent(table, (row) => row[at]?.[0], new Set([said]), 0)
  }
  const [path = '', named] = existsSync(said) ? [said] : said.split('#', 2)
  if (!existsSync(path))
    return `No column is called ${said}, and no such file is there. Columns: ${table.names.join(', ')}.`
  const read = await readRows([path])
  if (!read.ok) return read.says
  const { names, rows, setAside } = read.rows
  const [broken] = setAside
  if (broken !== undefined) return `${broken.place}: ${broken.says} A truth is read whole or not at all.`
  const keys = names.filter((name) => table.names.includes(name) && name !== named)
  const rest = names.filter((name) => !keys.includes(name))
  if (keys.length === 0) return `${path} has no column of the table to join on. It has: ${names.join(', ')}.`
  const likely = rest.length === 1 ? rest : rest.filter((name) => heads.test(name))
  const column = named ?? (likely.length === 1 ? likely[0] : undefined)
  if (column === undefined || !names.includes(column))
    return `${path}: which column tells whose a record is? Say --truth ${path}#COLUMN. It has: ${rest.join(', ')}.`
  const keyOf = (row: Rows['rows'][number], from: readonly string[]): string =>
    JSON.stringify(keys.map((key) => row[from.indexOf(key)]?.[0] ?? ''))
  const known = new Map<string, string>()
  for (const [number, row] of rows.entries()) {
    const [key, value] = [keyOf(row, names), row[names.indexOf(column)]?.[0]]
    if (value === undefined) continue
    if ((known.get(key) ?? value) !== value)
      return `${read.rows.places[number]}: ${keys.join(' and ')} ${key} is told to be two persons'.`
    known.set(key, value)
  }
  const met = new Set(table.rows.map((row) => keyOf(row, table.names)))
  const unmet = [...known.keys()].filter((key) => !met.has(key)).length
  if (unmet === known.size) return `No line of ${path} names a record of the table by ${keys.join(' and ')}.`
  return withSilent(table, (row) => known.get(keyOf(row, table.names)), new Set(keys), unmet)
}

function withSilent(
  { rows }: Rows,
  of: (row: Rows['rows'][number]) => string | undefined,
  hidden: ReadonlySet<string>,
  unmet: number,
): Truth {
  let silent = 0
  const whose = rows.map((row, index) => of(row) ?? `no truth ${index} ${silent++}`)
  return { whose, hidden, silent, unmet }
}
