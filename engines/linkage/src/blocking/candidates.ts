import type { Rule } from './rules.ts'

/** Pairs of records, each once, under the first rule that brings them together. */
export interface Candidates {
  readonly count: number
  readonly ones: Int32Array
  readonly others: Int32Array
  readonly rules: Uint16Array
}

export function candidatesOf(rules: readonly Rule[]): Candidates {
  let room = 1 << 16
  let [ones, others, by] = [new Int32Array(room), new Int32Array(room), new Uint16Array(room)]
  let count = 0
  rules.forEach((rule, number) => {
    const { starts, members } = rule
    const earlier = rules.slice(0, number)
    for (let key = 0; key + 1 < starts.length; key++) {
      const end = starts[key + 1] ?? 0
      for (let i = starts[key] ?? 0; i < end; i++) {
        const one = members[i] ?? 0
        for (let j = i + 1; j < end; j++) {
          const other = members[j] ?? 0
          if (earlier.some(({ keys }) => keys[one] === keys[other] && (keys[one] ?? -1) >= 0)) continue
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
  })
  return { count, ones: ones.subarray(0, count), others: others.subarray(0, count), rules: by.subarray(0, count) }
}

function grown<T extends Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from)
  return to
}
