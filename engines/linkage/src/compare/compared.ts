import { sharedNumbers } from '../share/shared-memory.ts'
import type { Column } from '../table/columns.ts'
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
  /** Fields of which some record has several values. */
  readonly severalIn: ReadonlySet<number>
}

let tables = 0

export function comparedOf(columns: readonly Column[]): Compared {
  const width = columns.length
  const records = Math.max(0, (columns[0]?.starts.length ?? 1) - 1)
  const rows = sharedNumbers(records * width)
  const severalIn = new Set<number>()
  columns.forEach(({ starts, values }, field) => {
    for (let record = 0; record < records; record++) {
      const at = starts[record] ?? 0
      const count = (starts[record + 1] ?? 0) - at
      if (count > 1) severalIn.add(field)
      rows[record * width + field] = count === 0 ? none : count === 1 ? (values[at] ?? none) : several
    }
  })
  return { id: ++tables, columns, rows, severalIn }
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
