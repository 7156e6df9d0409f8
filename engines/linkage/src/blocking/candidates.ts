import type { Rule } from './rules.ts'

/** Pairs of records, each once. */
export interface Candidates {
  readonly count: number
  readonly ones: Int32Array
  readonly others: Int32Array
}

/** In the order of records: what is scored one after the other lies close together. */
export function candidatesOf(rules: readonly Rule[], records: number): Candidates {
  const nexts = rules.map(({ next }) => next)
  let room = 1 << 16
  let [ones, others] = [new Int32Array(room), new Int32Array(room)]
  let count = 0
  // Which record met this one last: a pair is taken once.
  const met = new Int32Array(records).fill(-1)
  for (let one = 0; one < records; one++) {
    for (const next of nexts) {
      for (let other = next[one] ?? -1; other >= 0; other = next[other] ?? -1) {
        if (met[other] === one) continue
        met[other] = one
        if (count === room) {
          room *= 2
          ones = grown(ones, new Int32Array(room))
          others = grown(others, new Int32Array(room))
        }
        ones[count] = one
        others[count++] = other
      }
    }
  }
  return { count, ones: ones.subarray(0, count), others: others.subarray(0, count) }
}

function grown(from: Int32Array, to: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  to.set(from)
  return to
}
