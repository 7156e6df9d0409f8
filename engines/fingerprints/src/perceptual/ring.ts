import { hashBytes } from '../bits/index.ts'

/*
 * The published order of bits. A PDQ hash is a 16 x 16 block: bit 16 * row + column. Neighbouring coefficients of a
 * picture go together, so that bands of neighbouring bits are uneven. Here bit `s` of band `b` is the bit of row `s` in
 * column (b + 5 s) mod 16: each band takes one bit from every row and, 5 being odd, from every column, and no two of
 * them are neighbours in the block. On hashes of real pictures this spreads as evenly as a random order.
 *
 * In ring order bit 16 * b + s is bit (16 * b + s) mod 8 of byte floor((16 * b + s) / 8).
 */

/** For each place in ring order, the number of the PDQ bit that stands there. */
export const ringOrder: Uint8Array = Uint8Array.from({ length: 256 }, (_, place) => {
  const row = place % 16
  const band = (place - row) / 16
  return 16 * row + ((band + 5 * row) % 16)
})

export function toRing(hash: Uint8Array): Uint8Array {
  const rows = new Uint16Array(16)
  for (let row = 0; row < 16; row++) {
    rows[row] = turned(((hash[30 - 2 * row] ?? 0) << 8) | (hash[31 - 2 * row] ?? 0), (5 * row) % 16)
  }
  transpose(rows)
  const ring = new Uint8Array(hashBytes)
  for (let band = 0; band < 16; band++) {
    ring[2 * band] = (rows[band] ?? 0) & 0xff
    ring[2 * band + 1] = (rows[band] ?? 0) >> 8
  }
  return ring
}

export function fromRing(ring: Uint8Array): Uint8Array {
  const rows = new Uint16Array(16)
  for (let band = 0; band < 16; band++) rows[band] = (ring[2 * band] ?? 0) | ((ring[2 * band + 1] ?? 0) << 8)
  transpose(rows)
  const hash = new Uint8Array(hashBytes)
  for (let row = 0; row < 16; row++) {
    const bits = turned(rows[row] ?? 0, (11 * row) % 16)
    hash[31 - 2 * row] = bits & 0xff
    hash[30 - 2 * row] = bits >> 8
  }
  return hash
}

/** 16 bits turned right. */
const turned = (bits: number, by: number): number => ((bits >> by) | (bits << (16 - by))) & 0xffff

/** Rows become columns (Warren, Hacker's Delight, 7-3): after turning, a column of the rows is a band. */
function transpose(rows: Uint16Array): void {
  for (let width = 8, mask = 0x00ff; width > 0; width >>= 1, mask ^= mask << width) {
    for (let row = 0; row < 16; row = (row + width + 1) & ~width) {
      const [upper, lower] = [rows[row] ?? 0, rows[row + width] ?? 0]
      const moved = ((upper >> width) ^ lower) & mask
      rows[row] = upper ^ (moved << width)
      rows[row + width] = lower ^ moved
    }
  }
}
