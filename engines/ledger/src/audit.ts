import { compareLeaves, type Finding } from './monitor.ts'
import type { Checkpoint } from './note/checkpoint.ts'
import { CompactRange } from './tree/compact-range.ts'

/**
 * The leaves that somebody holds now (tiles, a database, a restored copy) against a checkpoint. Null: they give its
 * root. `kept` are leaf hashes from an earlier audit, if there are any: they turn "something is wrong" into what and
 * where.
 */
export function auditLeaves(
  checkpoint: Checkpoint,
  leaves: readonly Uint8Array[],
  kept: readonly Uint8Array[] = [],
): Finding | null {
  const { size, root, origin } = checkpoint
  const known = compareLeaves(kept.slice(0, size), leaves)
  if (known !== null) return known
  if (leaves.length < size) {
    const gone = size - leaves.length
    const says = `Truncation: ${origin} has signed for ${size} entries, and ${leaves.length} are there.`
    return { kind: 'truncation', at: leaves.length, count: gone, says }
  }
  const edge = CompactRange.empty()
  for (const leaf of leaves.slice(0, size)) edge.append(leaf)
  if (root.equals(edge.root())) return null
  const says = `Rewrite: the ${size} entries that are there are not those that ${origin} has signed for. Without the leaf hashes of an earlier audit the place cannot be told.`
  return { kind: 'rewrite', at: null, count: null, says }
}
