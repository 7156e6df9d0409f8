import { emptyRoot, nodeHash } from './hash.ts'
import { isSubtree, type Span } from './proof.ts'

/**
 * The hash of the full subtree of 2^level leaves that is number `index` from the left at its level. A tree in memory, a
 * folder of tiles and a table of hashes all answer this question; proofs are made from nothing else.
 */
export type HashReader = (level: number, index: number) => Uint8Array

/** RFC 6962 section 2.1: the greatest power of two under `size`, where a tree is cut in two. */
function cutOf(size: number): number {
  let cut = 1
  while (cut * 2 < size) cut *= 2
  return cut
}

/** RFC 6962 section 2.1: the Merkle tree hash of a span whose start is a multiple of a power of two that holds it. */
export function hashOfSpan(read: HashReader, { start, end }: Span): Uint8Array {
  const size = end - start
  if (size === 0) return emptyRoot
  const level = Math.log2(size)
  if (Number.isInteger(level)) return read(level, start / size)
  const middle = start + cutOf(size)
  return nodeHash(hashOfSpan(read, { start, end: middle }), hashOfSpan(read, { start: middle, end }))
}

export const rootOf = (read: HashReader, size: number): Uint8Array => hashOfSpan(read, { start: 0, end: size })

/** draft-ietf-plants-merkle-tree-certs section 4.4.1: proof that a tree of `size` leaves holds the subtree. */
export function proveSubtree(read: HashReader, span: Span, size: number): Uint8Array[] {
  if (!isSubtree(span) || span.end > size) throw new RangeError('no such subtree in a tree of this size')
  return steps(read, span, { start: 0, end: size }, true)
}

function steps(read: HashReader, span: Span, within: Span, isKnown: boolean): Uint8Array[] {
  if (span.start === within.start && span.end === within.end) return isKnown ? [] : [hashOfSpan(read, within)]
  const middle = within.start + cutOf(within.end - within.start)
  const left = { start: within.start, end: middle }
  const right = { start: middle, end: within.end }
  if (span.end <= middle) return [...steps(read, span, left, isKnown), hashOfSpan(read, right)]
  if (span.start >= middle) return [...steps(read, span, right, isKnown), hashOfSpan(read, left)]
  return [...steps(read, { start: middle, end: span.end }, right, false), hashOfSpan(read, left)]
}

export const proveInclusion = (read: HashReader, index: number, size: number): Uint8Array[] =>
  proveSubtree(read, { start: index, end: index + 1 }, size)

/** From a tree that is not empty to a later one. */
export const proveConsistency = (read: HashReader, oldSize: number, newSize: number): Uint8Array[] =>
  proveSubtree(read, { start: 0, end: oldSize }, newSize)

/** Inclusion in a subtree, the leaf's place counted from the start of the log. */
export function proveInclusionInSubtree(read: HashReader, index: number, { start, end }: Span): Uint8Array[] {
  const shifted: HashReader = (level, at) => read(level, at + start / 2 ** level)
  return proveInclusion(shifted, index - start, end - start)
}
