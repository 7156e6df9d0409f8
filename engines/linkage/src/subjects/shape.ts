import type { EdgeScored } from './events.ts'

export interface Shape {
  /** The most links from one record to another, where they hang together. */
  readonly diameter: number
  /** Links that are the only way between what they join. */
  readonly bridges: number
}

/** The shape of a graph of records; several links between two are one way. */
export function shapeOf(records: readonly string[], links: readonly EdgeScored[]): Shape {
  const places = new Map(records.map((record, place) => [record, place]))
  const around = records.map(() => new Map<number, number>())
  for (const { one, other } of links) {
    const [a, b] = [places.get(one), places.get(other)]
    if (a === undefined || b === undefined || a === b) continue
    around[a]?.set(b, (around[a].get(b) ?? 0) + 1)
    around[b]?.set(a, (around[b].get(a) ?? 0) + 1)
  }
  const next = around.map((each) => Int32Array.from(each.keys()))
  return { diameter: diameterOf(next), bridges: bridgesOf(next, (one, other) => around[one]?.get(other) ?? 0) }
}

function diameterOf(next: readonly Int32Array[]): number {
  const steps = new Int32Array(next.length)
  const open = new Int32Array(next.length)
  let most = 0
  for (let start = 0; start < next.length; start++) {
    steps.fill(-1)
    steps[start] = 0
    open[0] = start
    for (let at = 0, count = 1; at < count; at++) {
      const record = open[at] ?? 0
      for (const other of next[record] ?? []) {
        if ((steps[other] ?? 0) >= 0) continue
        steps[other] = (steps[record] ?? 0) + 1
        most = Math.max(most, steps[other] ?? 0)
        open[count++] = other
      }
    }
  }
  return most
}

/** Tarjan 1974: a way down the tree is a bridge where nothing beneath it leads back above. Without recursion. */
function bridgesOf(next: readonly Int32Array[], links: (one: number, other: number) => number): number {
  const found = new Int32Array(next.length).fill(-1)
  const lowest = new Int32Array(next.length)
  const above = new Int32Array(next.length).fill(-1)
  const seen = new Int32Array(next.length)
  let [order, bridges] = [0, 0]
  for (let start = 0; start < next.length; start++) {
    if ((found[start] ?? 0) >= 0) continue
    for (let at = start; at >= 0; ) {
      if ((found[at] ?? 0) < 0) {
        found[at] = order
        lowest[at] = order++
      }
      const other = next[at]?.[seen[at] ?? 0] ?? -1
      const parent = above[at] ?? -1
      if (other < 0) {
        if (parent >= 0) {
          lowest[parent] = Math.min(lowest[parent] ?? 0, lowest[at] ?? 0)
          if ((lowest[at] ?? 0) > (found[parent] ?? 0)) bridges += links(parent, at)
        }
        at = parent
        continue
      }
      seen[at] = (seen[at] ?? 0) + 1
      if (other === parent) continue
      if ((found[other] ?? 0) >= 0) lowest[at] = Math.min(lowest[at] ?? 0, found[other] ?? 0)
      else {
        above[other] = at
        at = other
      }
    }
  }
  return bridges
}
