import type { Comparison } from './comparison.ts'

/** Nothing said, and several values said. */
export const none = -1
export const several = -2

/** The value of each field of each record, record by record: a pair is compared within two lines of the cache. */
export function rowsOf(comparisons: readonly Comparison[]): Int32Array {
  const known = made.get(comparisons)
  if (known !== undefined) return known
  const width = comparisons.length
  const records = Math.max(0, (comparisons[0]?.column.starts.length ?? 1) - 1)
  const rows = new Int32Array(records * width)
  comparisons.forEach(({ column: { starts, values } }, field) => {
    for (let record = 0; record < records; record++) {
      const at = starts[record] ?? 0
      const count = (starts[record + 1] ?? 0) - at
      rows[record * width + field] = count === 0 ? none : count === 1 ? (values[at] ?? none) : several
    }
  })
  made.set(comparisons, rows)
  return rows
}

const made = new WeakMap<readonly Comparison[], Int32Array>()
