import type { Literal } from './automaton.ts'

/** Letters as runs of the same: class and length in turns. Digits are counted as they stand: "11" is not "1". */
export type Runs = readonly number[]

/**
 * Whether the first `count` numbers of `word` are this literal: one or two of a letter must stand as written, three or
 * more are drawn out and fit both. Letters in a row may belong to what stands beside an open literal.
 */
export function fitsRuns(word: Runs, count: number, own: Runs, { open, goesOn }: Literal): boolean {
  if (open && goesOn) return true
  const offset = open ? count - own.length : 0
  if (offset < 0 || own.length > count) return false
  for (let at = 0; at < own.length; at += 2) {
    const is = word[offset + at + 1] ?? 0
    const written = own[at + 1] ?? 0
    const mayBeMore = (open && at === 0) || (goesOn && at === own.length - 2)
    if (word[offset + at] !== own[at]) return false
    if (is !== written && is < 3 && !(mayBeMore && is > written)) return false
  }
  return true
}
