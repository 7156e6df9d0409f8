/**
 * A table for one canonical code (RFC 1951 section 3.2.2): the next `bits` bits of the stream, lowest first, give symbol
 * and length as `symbol << 4 | length`; 0 where no code fits.
 */
export interface CodeTable {
  readonly bits: number
  readonly entries: Uint16Array
}

/** Null when the lengths make no code: too many codes of a length, or too few (but one code alone is allowed). */
export function codeTable(lengths: Uint8Array, mayBePartial: boolean): CodeTable | null {
  const counts = new Uint16Array(16)
  let bits = 0
  let used = 0
  for (const length of lengths) {
    if (length === 0) continue
    counts[length] = (counts[length] ?? 0) + 1
    used += 1
    if (length > bits) bits = length
  }
  if (used === 0) return mayBePartial ? { bits: 1, entries: new Uint16Array(2) } : null
  let left = 1
  for (let length = 1; length <= bits; length += 1) {
    left = left * 2 - (counts[length] ?? 0)
    if (left < 0) return null
  }
  if (left > 0 && !(mayBePartial && used === 1)) return null
  const next = new Uint16Array(16)
  let code = 0
  for (let length = 1; length <= bits; length += 1) {
    code = (code + (counts[length - 1] ?? 0)) << 1
    next[length] = code
  }
  const entries = new Uint16Array(1 << bits)
  lengths.forEach((length, symbol) => {
    if (length === 0) return
    const value = next[length] ?? 0
    next[length] = value + 1
    const step = 1 << length
    for (let at = reversed(value, length); at < entries.length; at += step) entries[at] = (symbol << 4) | length
  })
  return { bits, entries }
}

function reversed(value: number, length: number): number {
  let result = 0
  for (let at = 0; at < length; at += 1) result |= ((value >> at) & 1) << (length - 1 - at)
  return result
}

const fixedLengths = Uint8Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
)

/** RFC 1951 section 3.2.6. Symbols 286 and 287 take part in the code and never in the data; so do distances 30 and 31. */
export const fixedLiterals: CodeTable | null = codeTable(fixedLengths, false)
export const fixedDistances: CodeTable | null = codeTable(new Uint8Array(32).fill(5), false)
