export interface Packet {
  readonly tag: number
  readonly body: Uint8Array
}

/**
 * Splits RFC 9580 section 4.2 packets, old and new form. What is cut off or of partial length (only data has it) ends the
 * reading: `whole` is false and the packets before it stand.
 */
export function splitPackets(bytes: Uint8Array): { readonly packets: readonly Packet[]; readonly whole: boolean } {
  const packets: Packet[] = []
  let at = 0
  while (at < bytes.length) {
    const head = bytes[at] ?? 0
    if ((head & 0x80) === 0 || packets.length === 10_000) return { packets, whole: false }
    const isNew = (head & 0x40) !== 0
    const length = isNew ? newLength(bytes, at + 1) : oldLength(bytes, at + 1, head & 3)
    if (length === null) return { packets, whole: false }
    const start = at + 1 + length.size
    if (start + length.value > bytes.length) return { packets, whole: false }
    packets.push({ tag: isNew ? head & 0x3f : (head >> 2) & 0x0f, body: bytes.subarray(start, start + length.value) })
    at = start + length.value
  }
  return { packets, whole: true }
}

interface Length {
  readonly value: number
  readonly size: number
}

function newLength(bytes: Uint8Array, at: number): Length | null {
  const [a = -1, b = -1] = bytes.subarray(at, at + 2)
  if (a < 0) return null
  if (a < 192) return { value: a, size: 1 }
  if (a < 224) return b < 0 ? null : { value: ((a - 192) << 8) + b + 192, size: 2 }
  return a === 255 ? bigEndian(bytes, at + 1, 4, 5) : null
}

function oldLength(bytes: Uint8Array, at: number, type: number): Length | null {
  if (type === 3) return { value: bytes.length - at, size: 0 }
  const width = 1 << type
  return bigEndian(bytes, at, width, width)
}

function bigEndian(bytes: Uint8Array, at: number, width: number, size: number): Length | null {
  return at + width > bytes.length ? null : { value: uint(bytes, at, width), size }
}

export const uint = (bytes: Uint8Array, at: number, width: number): number =>
  bytes.subarray(at, at + width).reduce((value, byte) => value * 256 + byte, 0)
