/** What goes through the pipe: two lengths, a JSON text, raw bytes. Nothing else is ever sent to or from a parser. */
export interface Frame {
  readonly json: string
  readonly bytes: Uint8Array
}

const HEAD = 8
const none = new Uint8Array(0)

export function frameHead(json: string, bytes: Uint8Array = none): Uint8Array {
  const text = Buffer.from(json, 'utf8')
  const head = Buffer.alloc(HEAD)
  head.writeUInt32BE(text.length, 0)
  head.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([head, text])
}

/** Puts frames together from chunks of any size; each byte is copied once at most. */
export class FrameReader {
  #chunks: Uint8Array[] = []
  #held = 0

  /** Bytes that are here and belong to no whole frame yet. */
  get held(): number {
    return this.#held
  }

  push(chunk: Uint8Array): Frame[] {
    this.#chunks.push(chunk)
    this.#held += chunk.length
    const frames: Frame[] = []
    for (let frame = this.#next(); frame !== null; frame = this.#next()) frames.push(frame)
    return frames
  }

  #next(): Frame | null {
    if (this.#held < HEAD) return null
    const head = this.#peek()
    const [text, bytes] = [head.readUInt32BE(0), head.readUInt32BE(4)]
    if (this.#held < HEAD + text + bytes) return null
    const [only = none] = this.#chunks
    const all = this.#chunks.length === 1 ? viewOf(only) : Buffer.concat(this.#chunks)
    const end = HEAD + text + bytes
    this.#chunks = all.length === end ? [] : [all.subarray(end)]
    this.#held = all.length - end
    return { json: all.toString('utf8', HEAD, HEAD + text), bytes: all.subarray(HEAD + text, end) }
  }

  #peek(): Buffer {
    const [first = none] = this.#chunks
    if (first.length >= HEAD) return viewOf(first)
    const all = Buffer.concat(this.#chunks)
    this.#chunks = [all]
    return all
  }
}

const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
