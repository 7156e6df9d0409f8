export interface Line {
  /** From 1, as an editor counts; blank lines count too. */
  readonly number: number
  /** Without its line end (LF or CRLF). */
  readonly bytes: Uint8Array
  /** From 1 for the pieces of a line over the limit; 0 for a whole line. */
  readonly part: number
  /** No line end follows: the file ends here. */
  readonly last: boolean
}

/**
 * Cuts bytes into lines. Memory stays at one line: one that is longer than the limit comes in pieces, cut after a
 * blank near the limit where there is one, so that no word is torn without need.
 */
export class LineSplitter {
  readonly #limit: number
  #held: Uint8Array[] = []
  #heldLength = 0
  #number = 1
  #part = 0

  constructor(limit: number) {
    this.#limit = Math.max(1, limit)
  }

  *push(chunk: Uint8Array): Generator<Line, void, undefined> {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    for (;;) {
      const end = buffer.indexOf(0x0a, from)
      if (end < 0) break
      if (this.#heldLength === 0 && this.#part === 0 && end - from <= this.#limit) {
        const stop = end > from && buffer[end - 1] === 0x0d ? end - 1 : end
        yield { number: this.#number++, bytes: buffer.subarray(from, stop), part: 0, last: false }
      } else {
        yield* this.#take(buffer.subarray(from, end))
        yield this.#close(false)
      }
      from = end + 1
    }
    yield* this.#take(buffer.subarray(from))
  }

  *end(): Generator<Line, void, undefined> {
    if (this.#heldLength > 0 || this.#part > 0) yield this.#close(true)
  }

  *#take(piece: Uint8Array): Generator<Line, void, undefined> {
    let rest = piece
    while (this.#heldLength + rest.length > this.#limit) {
      const all = Buffer.concat([...this.#held, rest.subarray(0, this.#limit - this.#heldLength)])
      const cut = cutPoint(all)
      rest = rest.subarray(this.#limit - this.#heldLength)
      this.#held = [all.subarray(cut)]
      this.#heldLength = all.length - cut
      this.#part += 1
      yield { number: this.#number, bytes: all.subarray(0, cut), part: this.#part, last: false }
    }
    if (rest.length > 0) {
      this.#held.push(Uint8Array.from(rest))
      this.#heldLength += rest.length
    }
  }

  #close(last: boolean): Line {
    const bytes = this.#held.length === 1 ? (this.#held[0] ?? new Uint8Array(0)) : Buffer.concat(this.#held)
    const line: Line = {
      number: this.#number,
      bytes: bytes.at(-1) === 0x0d && !last ? bytes.subarray(0, -1) : bytes,
      part: this.#part === 0 ? 0 : this.#part + 1,
      last,
    }
    this.#held = []
    this.#heldLength = 0
    this.#part = 0
    this.#number += 1
    return line
  }
}

/** After the last blank of the final kilobyte, or before a torn UTF-8 character, or at the end. */
function cutPoint(bytes: Buffer): number {
  for (let at = bytes.length - 1; at > 0 && at >= bytes.length - 1024; at -= 1) {
    if (bytes[at] === 0x20 || bytes[at] === 0x09) return at + 1
  }
  let at = bytes.length
  while (at > bytes.length - 4 && at > 1 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1
  const lead = bytes[at - 1] ?? 0
  return at > 1 && lead >= 0xc0 ? at - 1 : bytes.length
}

export const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)

export const linePlace = (line: Line): string =>
  line.part === 0 ? `line ${line.number}` : `line ${line.number}, part ${line.part}`
