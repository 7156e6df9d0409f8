/** Where the parts of a MaxMind DB file lie (specification 2.0). */
export interface MmdbLayout {
  readonly nodeCount: number
  readonly recordSize: 24 | 28 | 32
  readonly ipVersion: 4 | 6
  readonly dataStart: number
  readonly dataEnd: number
}

/** Bits 0 and 1 choose the left or the right record of a node. */
export function recordOf(
  bytes: Buffer,
  { recordSize }: Pick<MmdbLayout, 'recordSize'>,
  node: number,
  bit: number,
): number {
  if (recordSize === 24) return bytes.readUIntBE(node * 6 + bit * 3, 3)
  if (recordSize === 32) return bytes.readUInt32BE(node * 8 + bit * 4)
  // 28 bits: the middle byte holds the highest four bits of both.
  const at = node * 7
  const middle = bytes[at + 3] ?? 0
  return bit === 0
    ? (middle >> 4) * 0x100_0000 + bytes.readUIntBE(at, 3)
    : (middle & 15) * 0x100_0000 + bytes.readUIntBE(at + 4, 3)
}
