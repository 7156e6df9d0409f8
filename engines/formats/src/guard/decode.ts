import { base64Table, hexTable, skip, Units } from './units.ts'

export type Encoding = 'base64' | 'hex'

/** Decodes from `at` up to `end` or `maxBytes`, over white space; ends at the first character outside the alphabet. */
export function decode(
  bytes: Uint8Array,
  at: number,
  end: number,
  encoding: Encoding,
  maxBytes = Number.POSITIVE_INFINITY,
): Uint8Array {
  const bits = encoding === 'base64' ? 6 : 4
  const table = encoding === 'base64' ? base64Table : hexTable
  const out = new Uint8Array(Math.min(maxBytes, Math.ceil(((end - at) * bits) / 8)))
  const units = new Units(bytes)
  let length = 0
  let buffer = 0
  let held = 0
  let skipped = 0
  let position = at
  while (position < end && length < out.length) {
    let value = table[bytes[position] ?? 0] ?? -1
    if (value >= 0) position += 1
    else {
      const code = units.read(position)
      position += units.length
      if (code === skip || (encoding === 'hex' && isHexSeparator(code))) {
        skipped += 1
        if (skipped > 256 && maxBytes < 4096) break
        continue
      }
      value = code < 0 ? -1 : (table[code] ?? -1)
      if (value < 0) break
    }
    buffer = ((buffer << bits) | value) & 0xffff
    held += bits
    if (held >= 8) {
      held -= 8
      out[length] = (buffer >> held) & 0xff
      length += 1
    }
  }
  return out.subarray(0, length)
}

/** `ff:d8:ff`, `ff-d8-ff` */
export const isHexSeparator = (code: number): boolean => code === 0x3a || code === 0x2d
