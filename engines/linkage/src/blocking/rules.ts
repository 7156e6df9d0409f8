import type { Share } from '../share/share.ts'
import type { Column } from '../table/columns.ts'
import type { Keys } from './blocks.ts'
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

interface Keyed extends Keys {
  readonly name: string
  readonly column: number
  readonly form: KeyForm
  readonly commonness: number
}

/**
 * Every pair of forms of two fields, and every form that alone tells records apart. Blocks larger than `mostInBlock` say
 * nothing about who somebody is and are left out.
 */
export async function rulesOf(columns: readonly Column[], mostInBlock: number, share: Share): Promise<Rule[]> {
  const keyed = await keysOf(columns, share)
  const chosen = keyed.flatMap((one, index) => [
    [one],
    ...keyed.slice(index + 1).flatMap((other) => (other.column === one.column ? [] : [[one, other]])),
  ])
  return await rulesFrom(chosen, mostInBlock, share)
}

/**
 * For tables too large for every pair of forms: for each two fields the two forms that bring together most and yet tell
 * records apart, and every field that does so alone. Each field is left out by some rules, so that they can teach it.
 */
export async function fewRulesOf(columns: readonly Column[], mostInBlock: number, share: Share): Promise<Rule[]> {
  const keyed = await keysOf(columns, share)
  const records = keyed[0]?.first.length ?? 0
  const chosen: Keyed[][] = keyed.filter(({ commonness }) => commonness * records <= loose).map((one) => [one])
  for (let first = 0; first < columns.length; first++) {
    for (let second = first + 1; second < columns.length; second++) {
      let best: { readonly parts: Keyed[]; readonly share: number } | null = null
      for (const one of keyed) {
        for (const other of keyed) {
          const common = one.commonness * other.commonness
          if (one.column !== first || other.column !== second || common * records > loose) continue
          if (best === null || common > best.share) best = { parts: [one, other], share: common }
        }
      }
      if (best !== null) chosen.push(best.parts)
    }
  }
  return await rulesFrom(chosen, mostInBlock, share)
}

/** A rule may bring so many strangers to each record, on average. */
const loose = 1

async function keysOf(columns: readonly Column[], share: Share): Promise<Keyed[]> {
  const keys = await share.all('keys', { columns }, columns.length)
  return columns.flatMap(({ field }, column) => {
    const own = keys[column]
    if (own === undefined) return []
    return keyForms[field.kind].flatMap((form, at): Keyed[] => {
      const numbers = own.forms[at]
      return numbers === undefined
        ? []
        : [{ ...numbers, first: own.first, name: `${field.name} (${form.name})`, column, form }]
    })
  })
}

async function rulesFrom(chosen: readonly (readonly Keyed[])[], mostInBlock: number, share: Share): Promise<Rule[]> {
  const parts = chosen.map((rule) => rule.map(({ ofValue, distinct, first }): Keys => ({ ofValue, distinct, first })))
  const blocks = await share.all('blocks', { parts, mostInBlock }, parts.length)
  return chosen.flatMap((rule, at): Rule[] => {
    const block = blocks[at]
    if (block === undefined || block.pairs === 0) return []
    return [
      {
        ...block,
        name: rule.map(({ name }) => name).join(' + '),
        parts: rule.map(({ column, form }) => ({ column, form })),
        columns: rule.map(({ column }) => column),
      },
    ]
  })
}
