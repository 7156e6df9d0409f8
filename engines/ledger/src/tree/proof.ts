import { emptyRoot, nodeHash } from './hash.ts'

/** Leaves `start` up to but not with `end`. Both are counts of leaves, whole numbers up to 2^53 - 1. */
export interface Span {
  readonly start: number
  readonly end: number
}

const half = (value: number): number => Math.floor(value / 2)
const isOdd = (value: number): boolean => value % 2 === 1
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/**
 * draft-ietf-plants-merkle-tree-certs section 4.1: a span is a subtree when its start is a multiple of the least power
 * of two that holds it.
 */
export function isSubtree({ start, end }: Span): boolean {
  if (!isCount(start) || !isCount(end) || start >= end) return false
  let width = 1
  while (width < end - start) width *= 2
  return start % width === 0
}

/**
 * Whether the tree of `size` leaves with `root` holds the subtree with `hash` at exactly this span.
 * Algorithm of draft-ietf-plants-merkle-tree-certs section 4.4.3, of which RFC 9162 sections 2.1.3.2 (inclusion: a span
 * of one leaf) and 2.1.4.2 (consistency: a span from zero) are special cases. A proof with one hash too many or too few
 * is refused, and so is a span outside of the tree. An empty span says nothing of the tree; its hash must be that of
 * nothing.
 */
export function holdsSubtree(
  span: Span,
  hash: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(size) || span.end > size) return false
  if (isCount(span.start) && span.start === span.end) return proof.length === 0 && isEmptyRoot(hash)
  if (!isSubtree(span)) return false
  if (proof.length > 0 && [hash, root, ...proof].some(({ length }) => length !== 32)) return false
  let first = span.start
  let last = span.end - 1
  let treeLast = size - 1
  const up = (): void => {
    first = half(first)
    last = half(last)
    treeLast = half(treeLast)
  }
  if (last === treeLast) while (first !== last) up()
  else while (first !== last && isOdd(last)) up()

  let used = 0
  const seed = first === last ? hash : proof[used++]
  if (seed === undefined) return false
  let ofSpan = seed
  let ofTree = seed
  for (; used < proof.length; used++) {
    const sibling = proof[used]
    if (sibling === undefined || treeLast === 0) return false
    if (isOdd(last) || last === treeLast) {
      if (first < last) ofSpan = nodeHash(sibling, ofSpan)
      ofTree = nodeHash(sibling, ofTree)
      while (!isOdd(last)) up()
    } else {
      ofTree = nodeHash(ofTree, sibling)
    }
    up()
  }
  return treeLast === 0 && Buffer.compare(ofSpan, hash) === 0 && Buffer.compare(ofTree, root) === 0
}

/** RFC 9162 section 2.1.3.2: the leaf with this hash stands at `index` in the tree of `size` leaves with `root`. */
export const isIncluded = (
  index: number,
  leafHash: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean => leafHash.length === 32 && holdsSubtree({ start: index, end: index + 1 }, leafHash, size, root, proof)

/** Inclusion in a subtree instead of a whole tree: the leaf's place is counted from the subtree's start. */
export const isIncludedInSubtree = (
  index: number,
  leafHash: Uint8Array,
  span: Span,
  hash: Uint8Array,
  proof: readonly Uint8Array[],
): boolean => isSubtree(span) && isIncluded(index - span.start, leafHash, span.end - span.start, hash, proof)

/**
 * RFC 9162 section 2.1.4.2: the newer tree begins with all leaves of the older one. An empty older tree proves nothing
 * and is refused here: whoever starts from nothing says so (see the witness).
 */
export function isConsistent(
  oldSize: number,
  oldRoot: Uint8Array,
  newSize: number,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  return oldSize > 0 && holdsSubtree({ start: 0, end: oldSize }, oldRoot, newSize, newRoot, proof)
}

/** The root of nothing is known without a proof. */
export const isEmptyRoot = (root: Uint8Array): boolean => Buffer.compare(root, emptyRoot) === 0
