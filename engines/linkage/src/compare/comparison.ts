import type { Column } from '../table/columns.ts'
import { type Levels, levelsOf, notSaid, same } from './levels.ts'

/** One field of two records: the best level over all their values, and the value in common where there is one. */
export interface Comparison {
  readonly column: Column
  readonly levels: Levels
  level(one: number, other: number): number
  /** The rarest value that both have, or -1. */
  shared(one: number, other: number): number
}

export function comparisonOf(column: Column): Comparison {
  const levels = levelsOf(column.field.kind, column.letters, column.field.forms)
  const { starts, values, counts } = column
  return {
    column,
    levels,
    level(one, other) {
      const a = starts[one] ?? 0
      const endA = starts[one + 1] ?? 0
      const b = starts[other] ?? 0
      const endB = starts[other + 1] ?? 0
      if (a === endA || b === endB) return notSaid
      if (endA - a === 1 && endB - b === 1) return levels.of(values[a] ?? 0, values[b] ?? 0)
      let best = levels.names.length
      // What cannot be compared (0) says nothing, whatever else is said.
      for (let i = a; i < endA; i++) {
        for (let j = b; j < endB; j++) {
          const level = levels.of(values[i] ?? 0, values[j] ?? 0)
          if (level === same) return same
          if (level !== notSaid && level < best) best = level
        }
      }
      return best === levels.names.length ? notSaid : best
    },
    shared(one, other) {
      let rarest = -1
      const [b, endB] = [starts[other] ?? 0, starts[other + 1] ?? 0]
      for (let i = starts[one] ?? 0; i < (starts[one + 1] ?? 0); i++) {
        const value = values[i] ?? 0
        for (let j = b; j < endB; j++) {
          if (values[j] !== value) continue
          if (rarest < 0 || (counts[value] ?? 0) < (counts[rarest] ?? 0)) rarest = value
        }
      }
      return rarest
    },
  }
}
