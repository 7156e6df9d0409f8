import type { Column } from '../table/columns.ts'
import { Blocks } from './blocks.ts'
import { type KeyNumbers, keyNumbers } from './key-numbers.ts'
import { type KeyForm, keyForms } from './keys.ts'

/** Records that share a key under a rule are compared. */
export interface Rule {
  readonly name: string
  /** What it looks at: one form of a value, or two of different columns. */
  readonly parts: readonly { readonly column: number; readonly form: KeyForm }[]
  /** Columns whose values the rule looks at. */
  readonly columns: readonly number[]
  /** Of each record the next one with its key, or -1. */
  readonly next: Int32Array
  /** Pairs of records that share a key. */
  readonly pairs: number
}

interface Keyed extends KeyNumbers {
  readonly name: string
  readonly column: number
  readonly form: KeyForm
  /** The first value of each record stands for it: several values are brought together by the other fields. */
  readonly first: Int32Array
  /** Records of which each value is the first. */
  readonly holders: Int32Array
}

/**
 * Every pair of forms of two fields, and every form that alone tells records apart. Blocks larger than `mostInBlock` say
 * nothing about who somebody is and are left out.
 */
export function rulesOf(columns: readonly Column[], records: number, mostInBlock: number): Rule[] {
  const keyed = columns.flatMap((column, number) => keysOf(column, number, records))
  const blocks = new Blocks(records, mostInBlock)
  const rules: Rule[] = []
  keyed.forEach((one, index) => {
    const single = ruleOf([one], blocks)
    if (single !== null) rules.push(single)
    for (const other of keyed.slice(index + 1)) {
      if (other.column === one.column) continue
      const pair = ruleOf([one, other], blocks)
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
  const expected = keyed.map(commonness)
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
  const blocks = new Blocks(records, mostInBlock)
  return chosen.flatMap((parts) => ruleOf(parts, blocks) ?? [])
}

/** A rule may bring so many strangers to each record, on average. */
const loose = 1

const partsOf = (best: { readonly parts: Keyed[] } | null): Keyed[][] => (best === null ? [] : [best.parts])

/** How likely two records share a key. */
function commonness({ first, holders, ofValue, distinct }: Keyed): number {
  const sizes = new Int32Array(distinct)
  for (let value = 0; value < holders.length; value++) {
    const key = ofValue[value] ?? -1
    if (key >= 0) sizes[key] = (sizes[key] ?? 0) + (holders[value] ?? 0)
  }
  return sizes.reduce((sum, size) => sum + (size / first.length) ** 2, 0)
}

function keysOf(column: Column, number: number, records: number): Keyed[] {
  const first = new Int32Array(records).fill(-1)
  const holders = new Int32Array(column.counts.length)
  for (let record = 0; record < records; record++) {
    const at = column.starts[record] ?? 0
    if (at === (column.starts[record + 1] ?? 0)) continue
    const value = column.values[at] ?? 0
    first[record] = value
    holders[value] = (holders[value] ?? 0) + 1
  }
  return keyForms[column.field.kind].map((form) => ({
    ...keyNumbers(column, form),
    name: `${column.field.name} (${form.name})`,
    column: number,
    form,
    first,
    holders,
  }))
}

function ruleOf(parts: readonly Keyed[], blocks: Blocks): Rule | null {
  const { next, pairs } = blocks.of(parts)
  if (pairs === 0) return null
  return {
    name: parts.map((part) => part.name).join(' + '),
    parts: parts.map(({ column, form }) => ({ column, form })),
    columns: parts.map((part) => part.column),
    next,
    pairs,
  }
}
