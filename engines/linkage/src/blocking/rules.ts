import type { Column } from '../table/columns.ts'
import { keyForms } from './keys.ts'

/** Records that share a key under a rule are compared. */
export interface Rule {
  readonly name: string
  /** Columns whose values the rule looks at. */
  readonly columns: readonly number[]
  /** Key of each record, or -1. */
  readonly keys: Int32Array
  /** Records of key k: `members` from `starts[k]` to `starts[k + 1]`. */
  readonly starts: Int32Array
  readonly members: Int32Array
}

interface Keyed {
  readonly name: string
  readonly column: number
  readonly keys: Int32Array
  readonly distinct: number
}

/**
 * Every pair of forms of two fields, and every form that alone tells records apart. Blocks larger than `mostInBlock` say
 * nothing about who somebody is and are left out.
 */
export function rulesOf(columns: readonly Column[], records: number, mostInBlock: number): Rule[] {
  const keyed = columns.flatMap((column, number) => keysOf(column, number, records))
  const rules: Rule[] = []
  keyed.forEach((one, index) => {
    const single = ruleOf([one], records, mostInBlock)
    if (single !== null) rules.push(single)
    for (const other of keyed.slice(index + 1)) {
      if (other.column === one.column) continue
      const pair = ruleOf([one, other], records, mostInBlock)
      if (pair !== null) rules.push(pair)
    }
  })
  return rules
}

/** The first value of a record stands for it: several values are brought together by the other fields. */
function keysOf(column: Column, number: number, records: number): Keyed[] {
  return keyForms[column.field.kind].map((form) => {
    const numbers = new Map<string, number>()
    const ofValue = column.texts.map((text) => {
      const key = form.of(text)
      if (key === '') return -1
      const known = numbers.get(key) ?? numbers.size
      numbers.set(key, known)
      return known
    })
    const keys = new Int32Array(records).fill(-1)
    for (let record = 0; record < records; record++) {
      const at = column.starts[record] ?? 0
      if (at < (column.starts[record + 1] ?? 0)) keys[record] = ofValue[column.values[at] ?? 0] ?? -1
    }
    return { name: `${column.field.name} (${form.name})`, column: number, keys, distinct: numbers.size }
  })
}

function ruleOf(parts: readonly Keyed[], records: number, mostInBlock: number): Rule | null {
  const numbers = new Map<number, number>()
  const keys = new Int32Array(records).fill(-1)
  const [first, second] = parts
  if (first === undefined) return null
  for (let record = 0; record < records; record++) {
    const one = first.keys[record] ?? -1
    const other = second === undefined ? 0 : (second.keys[record] ?? -1)
    if (one < 0 || other < 0) continue
    const both = one * (second?.distinct ?? 1) + other
    const known = numbers.get(both) ?? numbers.size
    numbers.set(both, known)
    keys[record] = known
  }
  const sizes = new Int32Array(numbers.size)
  for (const key of keys) if (key >= 0) sizes[key] = (sizes[key] ?? 0) + 1
  let pairs = 0
  for (let record = 0; record < records; record++) {
    const size = sizes[keys[record] ?? -1] ?? 0
    if (size < 2 || size > mostInBlock) keys[record] = -1
    else pairs += (size - 1) / 2
  }
  if (pairs === 0) return null
  return {
    name: parts.map((part) => part.name).join(' + '),
    columns: parts.map((part) => part.column),
    keys,
    ...membersOf(keys, numbers.size),
  }
}

function membersOf(keys: Int32Array, distinct: number): { starts: Int32Array; members: Int32Array } {
  const starts = new Int32Array(distinct + 1)
  for (const key of keys) if (key >= 0) starts[key + 1] = (starts[key + 1] ?? 0) + 1
  for (let key = 0; key < distinct; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const next = starts.slice()
  const members = new Int32Array(starts[distinct] ?? 0)
  keys.forEach((key, record) => {
    if (key < 0) return
    const at = next[key] ?? 0
    members[at] = record
    next[key] = at + 1
  })
  return { starts, members }
}
