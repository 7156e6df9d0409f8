/** Reads a message from front to back; a length that runs over the end gives null, never less than was asked. */
export class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  take(length: number): Uint8Array | null {
    if (length < 0 || length > this.left) return null
    this.#at += length
    return this.#bytes.slice(this.#at - length, this.#at)
  }

  number(width: 1 | 2 | 4): number | null {
    const bytes = this.take(width)
    return bytes === null ? null : bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  }

  rest(): Uint8Array {
    const rest = this.#bytes.slice(this.#at)
    this.#at = this.#bytes.length
    return rest
  }
}

export function numberBytes(value: number, width: 1 | 2 | 4): Uint8Array {
  const bytes = new Uint8Array(width)
  let rest = value
  for (let at = width - 1; at >= 0; at--) {
    bytes[at] = rest % 256
    rest = Math.floor(rest / 256)
  }
  if (rest !== 0) throw new RangeError('the number does not fit')
  return bytes
}
