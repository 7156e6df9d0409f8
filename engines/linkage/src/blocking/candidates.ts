import type { Rule } from './rules.ts'

/** Pairs of records, each once, under the first rule that brings them together. */
export interface Candidates {
  readonly count: number
  readonly ones: Int32Array
  readonly others: Int32Array
  readonly rules: Uint16Array
}

/** In the order of records: what is scored one after the other lies close together. */
export function candidatesOf(rules: readonly Rule[], records: number): Candidates {
  let room = 1 << 16
  let [ones, others, by] = [new Int32Array(room), new Int32Array(room), new Uint16Array(room)]
  let count = 0
  // Which record met this one last: a pair is taken once, under its first rule.
  const met = new Int32Array(records).fill(-1)
  for (let one = 0; one < records; one++) {
    for (let number = 0; number < rules.length; number++) {
      const rule = rules[number]
      const key = rule?.keys[one] ?? -1
      if (rule === undefined || key < 0) continue
      const { starts, members } = rule
      const first = starts[key] ?? 0
      // Members of a block rise.
      for (let at = (starts[key + 1] ?? 0) - 1; at >= first; at--) {
        const other = members[at] ?? 0
        if (other <= one) break
        if (met[other] === one) continue
        met[other] = one
        if (count === room) {
          room *= 2
          ones = grown(ones, new Int32Array(room))
          others = grown(others, new Int32Array(room))
          by = grown(by, new Uint16Array(room))
        }
        ones[count] = one
        others[count] = other
        by[count++] = number
      }
    }
  }
  return { count, ones: ones.subarray(0, count), others: others.subarray(0, count), rules: by.subarray(0, count) }
}

function grown<T extends Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from)
  return to
}
