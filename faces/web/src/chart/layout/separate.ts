/** The place that a node needs round its middle, with its label where there is room for labels. */
export interface Boxes {
  readonly halfWidth: Float64Array
  readonly above: Float64Array
  readonly below: Float64Array
}

/**
 * Pushes boxes apart until none overlap, or for so many passes: along the axis on which they overlap less, each by half.
 * Boxes meet through a grid of cells as large as the largest box. Gives how many pairs still overlapped at the last pass.
 */
export function separate(
  x: Float64Array,
  y: Float64Array,
  held: Uint8Array,
  { halfWidth, above, below }: Boxes,
  passes = 40,
): number {
  let cell = 1
  for (let node = 0; node < x.length; node++) {
    cell = Math.max(cell, (halfWidth[node] ?? 0) * 2, (above[node] ?? 0) + (below[node] ?? 0))
  }
  let overlaps = 0
  for (let pass = 0; pass < passes; pass++) {
    overlaps = 0
    const grid = cellsOf(x, y, cell)
    for (let node = 0; node < x.length; node++) {
      const column = Math.floor((x[node] ?? 0) / cell)
      const row = Math.floor((y[node] ?? 0) / cell)
      for (let r = row - 1; r <= row + 1; r++) {
        for (let c = column - 1; c <= column + 1; c++) {
          for (const other of grid.get(keyOf(c, r)) ?? []) if (other > node && part(node, other)) overlaps++
        }
      }
    }
    if (overlaps === 0) return 0
  }
  return overlaps

  function part(a: number, b: number): boolean {
    const dx = (x[b] ?? 0) - (x[a] ?? 0)
    const dy = (y[b] ?? 0) - (y[a] ?? 0)
    const wide = (halfWidth[a] ?? 0) + (halfWidth[b] ?? 0) - Math.abs(dx)
    const tall = (dy >= 0 ? (below[a] ?? 0) + (above[b] ?? 0) : (above[a] ?? 0) + (below[b] ?? 0)) - Math.abs(dy)
    if (wide <= 1e-6 || tall <= 1e-6) return false
    const [stayA, stayB] = [held[a] === 1, held[b] === 1]
    if (stayA && stayB) return false
    const share = stayA || stayB ? 1 : 0.5
    const [moves, by, positive] = wide < tall ? [x, wide, dx >= 0] : [y, tall, dy >= 0]
    const step = (positive ? by : -by) * share * 1.01
    if (!stayA) moves[a] = (moves[a] ?? 0) - step
    if (!stayB) moves[b] = (moves[b] ?? 0) + step
    return true
  }
}

const keyOf = (column: number, row: number): number => column * 4_194_304 + row

function cellsOf(x: Float64Array, y: Float64Array, cell: number): Map<number, number[]> {
  const grid = new Map<number, number[]>()
  for (let node = 0; node < x.length; node++) {
    const key = keyOf(Math.floor((x[node] ?? 0) / cell), Math.floor((y[node] ?? 0) / cell))
    const others = grid.get(key)
    if (others === undefined) grid.set(key, [node])
    else others.push(node)
  }
  return grid
}
