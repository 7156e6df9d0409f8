import { type Run, runAt } from './runs.ts'
import { base64Value, type Units } from './units.ts'

/** What may stand between two pieces of one picture: the next key of JSON, `> ` of an answered mail, a row number. */
const longestGap = 96
export const shortestPiece = 40

/** The next long run behind this place, if it is near. */
function nextPiece(units: Units, from: number): Run | null {
  let at = from
  while (at < from + longestGap) {
    if (base64Value(units.read(at)) < 0) {
      at += units.length
      continue
    }
    const run = runAt(units, at)
    if (run.symbols >= shortestPiece) return run
    at = run.end
  }
  return null
}

/** Whether pieces as long as this one follow, so that together they are of at least `symbols` characters. */
export function goesOn(units: Units, first: Run, symbols: number): boolean {
  let [total, last]: [number, Run] = [first.symbols, first]
  while (total < symbols) {
    const next = nextPiece(units, last.end)
    if (next === null || next.symbols !== first.symbols) return false
    total += next.symbols
    last = next
  }
  return true
}

/** What stands between, with every number alike; null when it is too far. */
export function gapOf(bytes: Uint8Array, from: number, to: number): string | null {
  if (to <= from || to - from > longestGap) return null
  return Buffer.from(bytes.subarray(from, to))
    .toString('latin1')
    .replace(/[0-9]+/g, '0')
}
