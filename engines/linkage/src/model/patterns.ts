import { type Compared, comparisonsOf, none, several } from '../compare/compared.ts'
import { notSaid } from '../compare/levels.ts'
import type { Pairs } from './random-pairs.ts'

/** How many pairs agree in which way: a pattern has one level a field. */
export interface Patterns {
  readonly levels: readonly Uint8Array[]
  readonly counts: Float64Array
}

/** Counts the patterns of every `step`th pair. */
export function patternsOf(table: Compared, { count, ones, others }: Pairs, step = 1): Patterns {
  const comparisons = comparisonsOf(table)
  const sizes = comparisons.map(({ levels }) => levels.names.length)
  const numbers = new Map<number, number>()
  const levels: Uint8Array[] = []
  const counts: number[] = []
  const { rows } = table
  const width = comparisons.length
  const seen = new Uint8Array(width)
  for (let index = 0; index + step <= count; index += step) {
    const [one, other] = [ones[index] ?? 0, others[index] ?? 0]
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
