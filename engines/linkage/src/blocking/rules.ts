import type { Column } from '../table/columns.ts'
import { type KeyForm, keyForms } from './keys.ts'

/** Records that share a key under a rule are compared. */
export interface Rule {
  readonly name: string
  /** What it looks at: one form of a value, or two of different columns. */
  readonly parts: readonly { readonly column: number; readonly form: KeyForm }[]
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
  readonly form: KeyForm
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

/**
 * For tables too large for every pair of forms: for each two fields the two forms that bring together most and yet tell
 * records apart, and every field that does so alone. Each field is left out by some rules, so that they can teach it.
 */
export function fewRulesOf(columns: readonly Column[], records: number, mostInBlock: number): Rule[] {
  const keyed = columns.flatMap((column, number) => keysOf(column, number, records))
  const expected = keyed.map(({ keys, distinct }) => commonness(keys, distinct))
  const chosen: Keyed[][] = []
  keyed.forEach((one, index) => {
    if ((expected[index] ?? 1) * records <= loose) chosen.push([one])
  })
  for (let first = 0; first < columns.length; first++) {
    for (let second = first + 1; second < columns.length; second++) {
      let best: { readonly parts: Keyed[]; readonly share: number } | null = null
      keyed.forEach((one, a) => {
        keyed.forEach((other, b) => {
          const share = (expected[a] ?? 1) * (expected[b] ?? 1)
          if (one.column !== first || other.column !== second || share * records > loose) return
          if (best === null || share > best.share) best = { parts: [one, other], share }
        })
      })
      chosen.push(...partsOf(best))
    }
  }
  return chosen.flatMap((parts) => ruleOf(parts, records, mostInBlock) ?? [])
}

/** A rule may bring so many strangers to each record, on average. */
const loose = 1

const partsOf = (best: { readonly parts: Keyed[] } | null): Keyed[][] => (best === null ? [] : [best.parts])

/** How likely two records share a key. */
function commonness(keys: Int32Array, distinct: number): number {
  const sizes = new Int32Array(distinct)
  for (const key of keys) if (key >= 0) sizes[key] = (sizes[key] ?? 0) + 1
  return sizes.reduce((sum, size) => sum + (size / keys.length) ** 2, 0)
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
    return { name: `${column.field.name} (${form.name})`, column: number, form, keys, distinct: numbers.size }
  })
}

function ruleOf(parts: readonly Keyed[], records: number, mostInBlock: number): Rule | null {
  const [first, second] = parts
  if (first === undefined) return null
  const { keys, distinct } =
    second === undefined ? { ...first, keys: first.keys.slice() } : paired(first, second, records)
  const sizes = new Int32Array(distinct)
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
    parts: parts.map(({ column, form }) => ({ column, form })),
    columns: parts.map((part) => part.column),
    keys,
    ...membersOf(keys, distinct),
  }
}

/** One number for both keys: open addressing (Knuth 6.4) over the two, since maps of objects are slow by the million. */
function paired(
  first: Keyed,
  second: Keyed,
  records: number,
): { readonly keys: Int32Array; readonly distinct: number } {
  let room = 1024
  while (room < 2 * records) room *= 2
  const table = new Int32Array(room).fill(-1)
  const keys = new Int32Array(records).fill(-1)
  let distinct = 0
  for (let record = 0; record < records; record++) {
    const one = first.keys[record] ?? -1
    const other = second.keys[record] ?? -1
    if (one < 0 || other < 0) continue
    const mixed = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b)
    let at = (mixed ^ (mixed >>> 15)) & (room - 1)
    for (;;) {
      const known = table[at] ?? -1
      if (known < 0) {
        table[at] = record
        keys[record] = distinct++
        break
      }
      if (first.keys[known] === one && second.keys[known] === other) {
        keys[record] = keys[known] ?? -1
        break
      }
      at = (at + 1) & (room - 1)
    }
  }
  return { keys, distinct }
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
