import { hash } from 'node:crypto'
import { concat, isEqual } from '../bytes.ts'

/**
 * RFC 6962 section 2.1: the tree over a committed list. The only file that knows how a tree is hashed; the lists here
 * have a power of two of leaves, but nothing depends on it.
 */
export const leafHash = (data: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(0), data))

const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concat(Uint8Array.of(1), left, right))

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer'))

export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (only === undefined) return sha256(new Uint8Array(0))
  if (leaves.length === 1) return only
  const split = splitOf(leaves.length)
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)))
}

/** The path of section 2.1.1 from a leaf to the root. */
export function pathOf(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length <= 1) return []
  const split = splitOf(leaves.length)
  return index < split
    ? [...pathOf(leaves.slice(0, split), index), rootOf(leaves.slice(split))]
    : [...pathOf(leaves.slice(split), index - split), rootOf(leaves.slice(0, split))]
}

export function isInRoot(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  const hashed = climb(leaf, index, size, path)
  return hashed !== null && isEqual(hashed, root)
}

function climb(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): Uint8Array | null {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null
  if (size === 1) return path.length === 0 ? leaf : null
  const sibling = path.at(-1)
  if (sibling === undefined) return null
  const split = splitOf(size)
  const below = path.slice(0, -1)
  const [left, right] =
    index < split
      ? [climb(leaf, index, split, below), sibling]
      : [sibling, climb(leaf, index - split, size - split, below)]
  return left === null || right === null ? null : nodeHash(left, right)
}

/** The largest power of two below a size. */
const splitOf = (size: number): number => 2 ** Math.floor(Math.log2(size - 1))
