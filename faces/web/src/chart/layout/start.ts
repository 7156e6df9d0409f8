/** Small seeded numbers between 0 and 1 (Mulberry32): the same seed gives the same picture. */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5))
const STEP = 60

interface Ends {
  readonly count: number
  readonly from: Int32Array
  readonly to: Int32Array
}

/**
 * Where nodes without a place begin: beside a neighbour that has one, else on a sunflower spiral in the order in which
 * links reach them, so that neighbours begin near each other.
 */
export function placeMissing(ends: Ends, x: Float64Array, y: Float64Array, seed: number): void {
  const chance = seeded(seed)
  const rows = neighboursOf(ends)
  const waiting = Array.from({ length: ends.count }, (_, node) => node)
  const isPlaced = (node: number): boolean => !Number.isNaN(x[node] ?? Number.NaN)
  const queue = waiting.filter(isPlaced)
  const reached = new Uint8Array(ends.count)
  for (const node of queue) reached[node] = 1
  const isFirst = queue.length === 0
  let [centreX, centreY, spread] = [0, 0, 0]
  if (!isFirst) {
    for (const node of queue) {
      centreX += (x[node] ?? 0) / queue.length
      centreY += (y[node] ?? 0) / queue.length
    }
    for (const node of queue) spread = Math.max(spread, Math.hypot((x[node] ?? 0) - centreX, (y[node] ?? 0) - centreY))
  }
  let turn = isFirst ? 0 : Math.ceil((spread / STEP) ** 2)
  const spiral = (node: number): void => {
    const radius = STEP * Math.sqrt(turn + 0.5)
    x[node] = centreX + radius * Math.cos(turn * GOLDEN) + chance() - 0.5
    y[node] = centreY + radius * Math.sin(turn * GOLDEN) + chance() - 0.5
    turn++
  }
  const walk = (): void => {
    for (let at = 0; at < queue.length; at++) {
      const here = queue[at] ?? 0
      let sibling = 0
      for (const node of rows[here] ?? []) {
        if (reached[node] === 1) continue
        reached[node] = 1
        queue.push(node)
        if (isFirst) spiral(node)
        else {
          const radius = STEP * Math.sqrt(1 + sibling)
          const angle = sibling * GOLDEN + chance()
          x[node] = (x[here] ?? 0) + radius * Math.cos(angle)
          y[node] = (y[here] ?? 0) + radius * Math.sin(angle)
          sibling++
        }
      }
    }
  }
  walk()
  const byLinks = waiting.toSorted((a, b) => (rows[b]?.length ?? 0) - (rows[a]?.length ?? 0) || a - b)
  for (const node of byLinks) {
    if (reached[node] === 1) continue
    reached[node] = 1
    spiral(node)
    queue.length = 0
    queue.push(node)
    walk()
  }
}

function neighboursOf({ count, from, to }: Ends): number[][] {
  const rows: number[][] = Array.from({ length: count }, () => [])
  for (let edge = 0; edge < from.length; edge++) {
    rows[from[edge] ?? 0]?.push(to[edge] ?? 0)
    rows[to[edge] ?? 0]?.push(from[edge] ?? 0)
  }
  return rows
}
