import { type MmdbData, MmdbFault } from './data.ts'
import { type MmdbLayout, recordOf } from './layout.ts'

/**
 * The whole file is checked once, before the first question: every record of the tree, every path through it and every
 * value that it leads to. A file that opens answers every lookup. Throws `MmdbFault`.
 */
export function verify(bytes: Buffer, layout: MmdbLayout, data: MmdbData): number {
  const offsets = targets(bytes, layout)
  if (deepest(bytes, layout) > (layout.ipVersion === 4 ? 32 : 128)) {
    throw new MmdbFault('the search tree is deeper than an address has bits, or runs in a circle')
  }
  for (const offset of offsets) data.decode(offset)
  return offsets.size
}

function targets(bytes: Buffer, layout: MmdbLayout): Set<number> {
  const { nodeCount, dataStart, dataEnd } = layout
  const offsets = new Set<number>()
  for (let node = 0; node < nodeCount; node += 1) {
    for (const bit of [0, 1]) {
      const record = recordOf(bytes, layout, node, bit)
      if (record <= nodeCount) continue
      const offset = record - nodeCount - 16
      if (offset < 0 || offset >= dataEnd - dataStart) throw new MmdbFault('the search tree leads behind the data')
      offsets.add(offset)
    }
  }
  return offsets
}

const unseen = 255
const entered = 254

/** The longest way from the root. Subtrees are shared (aliases of IPv4), so each node is measured once. */
function deepest(bytes: Buffer, layout: MmdbLayout): number {
  const { nodeCount } = layout
  const heights = new Uint8Array(nodeCount).fill(unseen)
  const stack = [0]
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    const children = [recordOf(bytes, layout, node, 0), recordOf(bytes, layout, node, 1)].filter(
      (each) => each < nodeCount,
    )
    if (heights[node] === unseen) {
      heights[node] = entered
      for (const child of children) {
        if (heights[child] === entered) return Number.POSITIVE_INFINITY
        if (heights[child] === unseen) stack.push(child)
      }
      continue
    }
    stack.pop()
    if (heights[node] !== entered) continue
    const height = 1 + Math.max(0, ...children.map((child) => heights[child] ?? 0))
    if (height > 128) return Number.POSITIVE_INFINITY
    heights[node] = height
  }
  return heights[0] ?? 0
}
