import type { Column } from '../table/columns.ts'
import { sharedNumbers } from '../table/shared-memory.ts'
import { type Comparison, comparisonOf } from './comparison.ts'

/** Nothing said, and several values said. */
export const none = -1
export const several = -2

/** A table whose records are compared. All that it holds can be handed to another thread. */
export interface Compared {
  /** The same number: the same table, in whichever thread. */
  readonly id: number
  readonly columns: readonly Column[]
  /** The value of each field of each record, record by record: a pair is compared within two lines of the cache. */
  readonly rows: Int32Array
}

let tables = 0

export const comparedOf = (columns: readonly Column[]): Compared => ({ id: ++tables, columns, rows: rowsOf(columns) })

function rowsOf(columns: readonly Column[]): Int32Array {
  const width = columns.length
  const records = Math.max(0, (columns[0]?.starts.length ?? 1) - 1)
  const rows = sharedNumbers(records * width)
  columns.forEach(({ starts, values }, field) => {
    for (let record = 0; record < records; record++) {
      const at = starts[record] ?? 0
      const count = (starts[record + 1] ?? 0) - at
      rows[record * width + field] = count === 0 ? none : count === 1 ? (values[at] ?? none) : several
    }
  })
  return rows
}

/** How each field of a table is compared; what is made of its values on the way is kept with the table. */
export function comparisonsOf(table: Compared): readonly Comparison[] {
  const known = made.get(table)
  if (known !== undefined) return known
  const comparisons = table.columns.map(comparisonOf)
  made.set(table, comparisons)
  return comparisons
}

const made = new WeakMap<Compared, readonly Comparison[]>()
