import { isUtf8 } from 'node:buffer'

/**
 * Takes a file's bytes as they come and gives UTF-8: drops its mark, and turns UTF-16 (by its mark) into UTF-8, so
 * that everything behind works on bytes in which line ends, quotes and separators are themselves.
 */
export class Utf8Source {
  #decoder: TextDecoder | null = null
  #head: Uint8Array | null = new Uint8Array(0)

  push(chunk: Uint8Array): Uint8Array {
    if (this.#head === null) return this.#convert(chunk)
    this.#head = Buffer.concat([this.#head, chunk])
    return this.#head.length < 3 ? new Uint8Array(0) : this.#start(this.#head)
  }

  end(): Uint8Array {
    const first = this.#head === null ? new Uint8Array(0) : this.#start(this.#head)
    if (this.#decoder === null) return first
    return Buffer.concat([first, Buffer.from(this.#decoder.decode())])
  }

  #start(head: Uint8Array): Uint8Array {
    this.#head = null
    const [a, b, c] = head
    if (a === 0xff && b === 0xfe) this.#decoder = new TextDecoder('utf-16le')
    if (a === 0xfe && b === 0xff) this.#decoder = new TextDecoder('utf-16be')
    return this.#convert(a === 0xef && b === 0xbb && c === 0xbf ? head.subarray(3) : head)
  }

  #convert(chunk: Uint8Array): Uint8Array {
    return this.#decoder === null ? chunk : Buffer.from(this.#decoder.decode(chunk, { stream: true }))
  }
}

export interface DecodedText {
  readonly text: string
  /** The bytes are no UTF-8; they were read as Windows-1252, which is a reading and no knowledge. */
  readonly foreign: boolean
}

const windows1252 = new TextDecoder('windows-1252')

export function decodeText(bytes: Uint8Array): DecodedText {
  if (!isUtf8(bytes)) return { text: windows1252.decode(bytes), foreign: true }
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'), foreign: false }
}

export const foreignSays = 'The bytes are not valid UTF-8 and were read as Windows-1252; some letters may be wrong.'
