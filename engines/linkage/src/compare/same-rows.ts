import { sharedNumbers } from '../share/shared-memory.ts'
import type { Column } from '../table/columns.ts'
import { type Compared, none, several } from './compared.ts'

/** Records that say the very same as an earlier one. */
export interface SameRows {
  /** Of each record the first that says the same; itself where nobody does, or few. */
  readonly firsts: Int32Array
  /** The records that are first, in their order. */
  readonly standing: Int32Array
}

/**
 * Who is written in the same words more often than a block may be large would be in no block, and compared with nobody. Of
 * such records the first stands for all. Records with several values in a field are not looked at.
 */
export function sameRows({ columns, rows }: Compared, mostInBlock: number): SameRows {
  const width = columns.length
  const records = width === 0 ? 0 : rows.length / width
  const firsts = sharedNumbers(records).map((_, record) => record)
  const sizes = new Int32Array(records)
  let room = 1024
  while (room < 2 * records) room *= 2
  const table = new Int32Array(room).fill(-1)
  const isSame = (one: number, other: number): boolean => {
    for (let field = 0; field < width; field++)
      if (rows[one * width + field] !== rows[other * width + field]) return false
    return true
  }
  for (let record = 0; record < records; record++) {
    let [hash, said] = [0x811c9dc5, 0]
    for (let field = 0; field < width; field++) {
      const value = rows[record * width + field] ?? none
      if (value === several) said = Number.NEGATIVE_INFINITY
      if (value !== none) said++
      hash = Math.imul(hash ^ value, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    if (said < 1) continue
    // Open addressing (Knuth 6.4).
    let place = hash & (room - 1)
    while ((table[place] ?? -1) >= 0 && !isSame(record, table[place] ?? 0)) place = (place + 1) & (room - 1)
    const known = table[place] ?? -1
    const first = known < 0 ? record : known
    if (known < 0) table[place] = record
    firsts[record] = first
    sizes[first] = (sizes[first] ?? 0) + 1
  }
  for (let record = 0; record < records; record++)
    if ((sizes[firsts[record] ?? 0] ?? 0) <= mostInBlock) firsts[record] = record
  return { firsts, standing: firsts.filter((first, record) => first === record) }
}

/**
 * A column of some of its records. How common a value is, it still tells of all: whether those who say the same are one
 * person is not known yet, and to count them once would make what many say look rare.
 */
export function columnOf(column: Column, records: Int32Array): Column {
  const starts = sharedNumbers(records.length + 1)
  const values = sharedNumbers(column.values.length)
  records.forEach((record, at) => {
    const own = column.values.subarray(column.starts[record], column.starts[record + 1])
    values.set(own, starts[at])
    starts[at + 1] = (starts[at] ?? 0) + own.length
  })
  return { ...column, starts, values: values.subarray(0, starts[records.length]) }
}
