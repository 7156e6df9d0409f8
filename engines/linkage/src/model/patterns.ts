import type { Comparison } from '../compare/comparison.ts'
import { notSaid } from '../compare/levels.ts'
import { none, rowsOf, several } from '../compare/rows.ts'

/** How many pairs agree in which way: a pattern has one level a field. */
export interface Patterns {
  readonly levels: readonly Uint8Array[]
  readonly counts: Float64Array
}

/** Counts the patterns of pairs; `weigh` tells how much a pair counts, 1 when it is left out. */
export function patternsOf(
  comparisons: readonly Comparison[],
  count: number,
  pair: (index: number) => readonly [number, number],
): Patterns {
  const sizes = comparisons.map(({ levels }) => levels.names.length)
  const numbers = new Map<number, number>()
  const levels: Uint8Array[] = []
  const counts: number[] = []
  const seen = new Uint8Array(comparisons.length)
  const rows = rowsOf(comparisons)
  const width = comparisons.length
  for (let index = 0; index < count; index++) {
    const [one, other] = pair(index)
    let code = 0
    for (let field = 0; field < seen.length; field++) {
      const value = rows[one * width + field] ?? none
      const another = rows[other * width + field] ?? none
      const comparison = comparisons[field]
      const isSingle = value !== several && another !== several
      const level =
        value === none || another === none || comparison === undefined
          ? notSaid
          : isSingle
            ? comparison.levels.of(value, another)
            : comparison.level(one, other)
      seen[field] = level
      code = code * (sizes[field] ?? 1) + level
    }
    const number = numbers.get(code)
    if (number === undefined) {
      numbers.set(code, levels.length)
      levels.push(seen.slice())
      counts.push(1)
    } else counts[number] = (counts[number] ?? 0) + 1
  }
  return { levels, counts: Float64Array.from(counts) }
}
