import { type Letters, lettersOf } from '../text/letters.ts'
import type { Field, Table } from './field.ts'
import { normalForm } from './normal.ts'

/** One field of all records: distinct normal forms, and which of them each record has. */
export interface Column {
  readonly field: Field
  readonly texts: readonly string[]
  readonly letters: Letters
  /** Values of record r: `values` from `starts[r]` to `starts[r + 1]`. */
  readonly starts: Int32Array
  readonly values: Int32Array
  /** In how many records each value stands. */
  readonly counts: Int32Array
  /** Records that say anything here. */
  readonly saidBy: number
}

export function columnsOf(table: Table): Column[] {
  return table.fields.map((field, index) => columnOf(table, field, index))
}

function columnOf(table: Table, field: Field, index: number): Column {
  const numbers = new Map<string, number>()
  const starts = new Int32Array(table.records.length + 1)
  const values: number[] = []
  const counts: number[] = []
  let saidBy = 0
  table.records.forEach((record, at) => {
    starts[at] = values.length
    const own = new Set<number>()
    for (const written of record.values[index] ?? []) {
      const normal = normalForm(field.kind, written)
      if (normal === '') continue
      const number = numbers.get(normal) ?? numbers.size
      if (number === numbers.size) {
        numbers.set(normal, number)
        counts.push(0)
      }
      own.add(number)
    }
    for (const number of own) {
      values.push(number)
      counts[number] = (counts[number] ?? 0) + 1
    }
    if (own.size > 0) saidBy++
  })
  starts[table.records.length] = values.length
  const texts = [...numbers.keys()]
  return {
    field,
    texts,
    letters: lettersOf(texts),
    starts,
    values: Int32Array.from(values),
    counts: Int32Array.from(counts),
    saidBy,
  }
}
