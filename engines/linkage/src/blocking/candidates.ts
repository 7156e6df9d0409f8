import type { Share } from '../share/share.ts'
import { moreNumbers, sharedNumbers } from '../share/shared-memory.ts'
import type { Rule } from './rules.ts'

/** Pairs of records, each once. */
export interface Candidates {
  readonly count: number
  readonly ones: Int32Array
  readonly others: Int32Array
}

export interface CandidatesAsked {
  /** Of each rule and each record the next one of its block, or -1. */
  readonly nexts: readonly Int32Array[]
  readonly records: number
}

/** So many records at once. */
const part = 1 << 17

/** In the order of records: what is scored one after the other lies close together. */
export async function candidatesOf(rules: readonly Rule[], records: number, share: Share): Promise<Candidates> {
  const nexts = rules.map(({ next }) => next)
  const parts = await share.all('candidates', { nexts, records }, Math.ceil(records / part))
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const count = parts.reduce((sum, each) => sum + each.count, 0)
  const [ones, others] = [sharedNumbers(count), sharedNumbers(count)]
  let at = 0
  for (const each of parts) {
    ones.set(each.ones, at)
    others.set(each.others, at)
    at += each.count
  }
  return { count, ones, others }
}

/** The pairs of one part of the records with those behind them. */
export function candidatesOfPart({ nexts, records }: CandidatesAsked): (place: number) => Candidates {
  // Which record met this one last: a pair is taken once.
  const met = new Int32Array(records).fill(-1)
  return (place) => {
    let [ones, others] = [sharedNumbers(1 << 16), sharedNumbers(1 << 16)]
    let count = 0
    for (let one = place * part; one < Math.min(records, (place + 1) * part); one++) {
      for (const next of nexts) {
        for (let other = next[one] ?? -1; other >= 0; other = next[other] ?? -1) {
          if (met[other] === one) continue
          met[other] = one
          if (count === ones.length) {
            ones = moreNumbers(ones)
            others = moreNumbers(others)
          }
          ones[count] = one
          others[count++] = other
        }
      }
    }
    return { count, ones: ones.subarray(0, count), others: others.subarray(0, count) }
  }
}
