/** Byte strings, as RFC 9497 and RFC 9380 write them. */

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** I2OSP(value, 2) of RFC 8017. */
export function twoBytes(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) throw new RangeError('does not fit into two bytes')
  return Uint8Array.of(value >> 8, value & 255)
}

/** Length in two bytes, then the bytes: what every transcript of RFC 9497 is made of. */
export const framed = (bytes: Uint8Array): Uint8Array => concat(twoBytes(bytes.length), bytes)

export const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Bytes of lower-case hexadecimal digits, or null: no other writing of the same bytes is accepted. */
export function unhex(text: string, length: number): Uint8Array | null {
  return text.length === length * 2 && /^[0-9a-f]*$/.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : null
}
