import { hash } from 'node:crypto'

/** SHA-256, the only hash of RFC 6962 and of C2SP tlog-tiles. */
export const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')

/** RFC 6962 section 2.1: the root of a tree without leaves is the hash of nothing. */
export const emptyRoot: Buffer = sha256(Buffer.alloc(0))

let leafScratch = Buffer.alloc(4096)

/** RFC 6962 section 2.1: a leaf is hashed behind a zero byte, so that no leaf can pass for an inner node. */
export function entryHash(entry: Uint8Array): Buffer {
  if (entry.length + 1 > leafScratch.length) leafScratch = Buffer.alloc(2 * entry.length)
  leafScratch[0] = 0
  leafScratch.set(entry, 1)
  return sha256(leafScratch.subarray(0, entry.length + 1))
}

const nodeScratch = Buffer.alloc(65, 1)

/** RFC 6962 section 2.1: an inner node is hashed behind a one. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeScratch.set(left, 1)
  nodeScratch.set(right, 33)
  return sha256(nodeScratch)
}
