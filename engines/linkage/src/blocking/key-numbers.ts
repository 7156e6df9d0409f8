import { sharedNumbers } from '../share/shared-memory.ts'
import type { Column } from '../table/columns.ts'
import { type Letters, textAt } from '../text/letters.ts'
import { type Cut, type KeyForm, keyForms, keyOf, wholeText } from './keys.ts'

/** Key of each distinct value of a column as a number, or -1. */
export interface KeyNumbers {
  readonly ofValue: Int32Array
  readonly distinct: number
}

/** The keys of a column's records: one set a form of its kind, in their order. */
export interface ColumnKeys {
  readonly forms: readonly (KeyNumbers & {
    /** How likely two records share a key. */
    readonly commonness: number
  })[]
  /** The first value of each record stands for it, or -1: several values are brought together by the other fields. */
  readonly first: Int32Array
}

/** Keys of one column, by its place. */
export function columnKeys({ columns }: { readonly columns: readonly Column[] }): (place: number) => ColumnKeys {
  return (place) => {
    const column = columns[place]
    if (column === undefined) throw new RangeError(`There is no column ${place}`)
    const { starts, values, counts } = column
    const records = starts.length - 1
    const first = sharedNumbers(records).fill(-1)
    // Records of which each value is the first.
    const holders = new Int32Array(counts.length)
    for (let record = 0; record < records; record++) {
      const at = starts[record] ?? 0
      if (at === (starts[record + 1] ?? 0)) continue
      const value = values[at] ?? 0
      first[record] = value
      holders[value] = (holders[value] ?? 0) + 1
    }
    const forms = keyForms[column.field.kind].map((form) => {
      const numbers = keyNumbers(column, form)
      return { ...numbers, commonness: commonness(numbers, holders, records) }
    })
    return { forms, first }
  }
}

function commonness({ ofValue, distinct }: KeyNumbers, holders: Int32Array, records: number): number {
  const sizes = new Int32Array(distinct)
  for (let value = 0; value < holders.length; value++) {
    const key = ofValue[value] ?? -1
    if (key >= 0) sizes[key] = (sizes[key] ?? 0) + (holders[value] ?? 0)
  }
  return sizes.reduce((sum, size) => sum + (size / records) ** 2, 0)
}

function keyNumbers({ counts, letters }: Column, form: KeyForm): KeyNumbers {
  if ('made' in form) return numbersOfTexts(letters, counts.length, form)
  if (form.cut !== wholeText) return numbersOfCuts(letters, counts.length, form.cut)
  // Values are distinct.
  const ofValue = sharedNumbers(counts.length)
  for (let value = 0; value < ofValue.length; value++) ofValue[value] = value
  return { ofValue, distinct: counts.length }
}

function numbersOfTexts(letters: Letters, count: number, form: KeyForm): KeyNumbers {
  const numbers = new Map<string, number>()
  const ofValue = sharedNumbers(count).fill(-1)
  for (let value = 0; value < count; value++) {
    const key = keyOf(form, textAt(letters, value))
    if (key === '') continue
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    ofValue[value] = known
  }
  return { ofValue, distinct: numbers.size }
}

/** Equal cuts get one number, by open addressing (Knuth 6.4) over their units: no string is made. */
function numbersOfCuts({ starts, units }: Letters, count: number, cut: Cut): KeyNumbers {
  const ofValue = sharedNumbers(count).fill(-1)
  const [froms, lengths] = [new Int32Array(count), new Int32Array(count)]
  let room = 1024
  while (room < 2 * count) room *= 2
  const table = new Int32Array(room).fill(-1)
  let start = 0
  const unitAt = (place: number): number => units[start + place] ?? 0
  const isSame = (one: number, other: number): boolean => {
    const [a, b, length] = [froms[one] ?? 0, froms[other] ?? 0, lengths[one] ?? 0]
    if (length !== lengths[other]) return false
    for (let place = 0; place < length; place++) if (units[a + place] !== units[b + place]) return false
    return true
  }
  let distinct = 0
  for (let value = 0; value < count; value++) {
    start = starts[value] ?? 0
    const end = starts[value + 1] ?? 0
    const kept = cut(end - start, unitAt)
    if (kept === 0) continue
    froms[value] = kept > 0 ? start : end + kept
    lengths[value] = Math.abs(kept)
    // FNV-1a by units, mixed once more at the end for the low bits.
    let hash = 0x811c9dc5
    for (let at = froms[value] ?? 0, last = at + Math.abs(kept); at < last; at++)
      hash = Math.imul(hash ^ (units[at] ?? 0), 0x01000193)
    let place = (hash ^ (hash >>> 15)) & (room - 1)
    while ((table[place] ?? -1) >= 0 && !isSame(value, table[place] ?? 0)) place = (place + 1) & (room - 1)
    const known = table[place] ?? -1
    if (known < 0) table[place] = value
    ofValue[value] = known < 0 ? distinct++ : (ofValue[known] ?? -1)
  }
  return { ofValue, distinct }
}
