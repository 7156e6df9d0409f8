/**
 * One encoded character of a text, whatever hides it: JSON escapes (`\/`, `\u002b`, also escaped twice), XML and HTML
 * character references (`&#43;`), percent encoding (`%2B`), invisible separators.
 */
export const none = -1
export const skip = -2

export class Units {
  /** ASCII code of the character read last, `skip` for white space and invisible marks, `none` for all else. */
  code = none
  /** Bytes it takes; at least 1. */
  length = 1
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** The byte as it stands; a space behind the end. */
  byteAt(at: number): number {
    return this.#bytes[at] ?? 0x20
  }

  read(at: number): number {
    const byte = this.#bytes[at]
    this.length = 1
    if (byte === undefined) this.code = none
    else if (byte === 0x5c) this.#backslash(at)
    else if (byte === 0x26) this.#reference(at)
    else if (byte === 0x25) this.#percent(at)
    else if (byte >= 0x80) this.#invisible(at, byte)
    else this.code = meaning(byte)
    return this.code
  }

  #backslash(at: number): void {
    let end = at + 1
    while (end < at + 8 && this.#bytes[end] === 0x5c) end += 1
    const letter = this.#bytes[end]
    this.length = end + 1 - at
    if (letter === 0x75) {
      const code = this.#number(end + 1, 4, 16)
      this.code = code < 0 ? none : meaning(code)
      if (code >= 0) this.length += 4
    } else if (letter === 0x2f) this.code = 0x2f
    else if (letter === 0x6e || letter === 0x72 || letter === 0x74 || letter === 0x0a || letter === 0x0d)
      this.code = skip
    else this.code = none
  }

  #reference(at: number): void {
    this.code = none
    if (this.#bytes[at + 1] !== 0x23) return
    const isHex = this.#bytes[at + 2] === 0x78 || this.#bytes[at + 2] === 0x58
    const start = at + (isHex ? 3 : 2)
    let end = start
    while (end < start + 8 && this.#bytes[end] !== 0x3b) end += 1
    const code = this.#number(start, end - start, isHex ? 16 : 10)
    if (this.#bytes[end] !== 0x3b || code < 0) return
    this.code = meaning(code)
    this.length = end + 1 - at
  }

  #percent(at: number): void {
    const code = this.#number(at + 1, 2, 16)
    this.code = code < 0 ? none : meaning(code)
    if (code >= 0) this.length = 3
  }

  /** No-break space, zero-width marks, byte order mark, line separators. */
  #invisible(at: number, byte: number): void {
    const [second = 0, third = 0] = [this.#bytes[at + 1], this.#bytes[at + 2]]
    this.code = none
    if (byte === 0xc2 && (second === 0xa0 || second === 0xad)) this.#skip(2)
    else if (byte === 0xe2 && second === 0x80 && ((third >= 0x8b && third <= 0x8f) || (third >= 0xa8 && third <= 0xaf)))
      this.#skip(3)
    else if (byte === 0xe2 && second === 0x81 && third >= 0xa0 && third <= 0xaf) this.#skip(3)
    else if (byte === 0xef && second === 0xbb && third === 0xbf) this.#skip(3)
  }

  #skip(length: number): void {
    this.code = skip
    this.length = length
  }

  #number(start: number, length: number, base: 10 | 16): number {
    if (length < 1) return -1
    let value = 0
    for (let at = start; at < start + length; at += 1) {
      const digit = hexValue(this.#bytes[at] ?? 0)
      if (digit < 0 || digit >= base) return -1
      value = value * base + digit
    }
    return value
  }
}

function meaning(code: number): number {
  if (
    code === 0x20 ||
    (code >= 9 && code <= 13) ||
    (code >= 0x200b && code <= 0x200f) ||
    code === 0xfeff ||
    code === 0xa0
  )
    return skip
  return code < 0x80 ? code : none
}

export function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  if (code >= 0x41 && code <= 0x46) return code - 0x37
  if (code >= 0x61 && code <= 0x66) return code - 0x57
  return -1
}

/** By byte; -1 for what is no symbol as it stands (an escape may still be one). */
export const base64Table = new Int8Array(256).fill(-1)
for (const [value, letter] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  base64Table[letter.charCodeAt(0)] = value
}
// RFC 4648 section 5: the URL-safe alphabet.
base64Table[0x2d] = 62
base64Table[0x5f] = 63

export const base64Value = (code: number): number => (code < 0 ? -1 : (base64Table[code] ?? -1))

export const hexTable = new Int8Array(256).fill(-1)
for (let code = 0; code < 128; code += 1) hexTable[code] = hexValue(code)
