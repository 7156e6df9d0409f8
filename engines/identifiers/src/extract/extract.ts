import { Extractor } from './extractor.ts'
import type { ExtractOptions, Found } from './found.ts'
import { Places } from './places.ts'

/**
 * Every identifier in a text of any size: bytes in, finds out, in the order of their places. UTF-8, or UTF-16 when a byte
 * order mark says so. Memory does not grow with the text, time grows with its length alone, and where the pieces are cut
 * changes nothing.
 */
export function* extract(chunks: Iterable<Uint8Array>, options: ExtractOptions = {}): Generator<Found> {
  const stream = new ByteStream(options)
  for (const chunk of chunks) {
    for (const piece of inPieces(chunk)) for (const found of stream.push(piece)) yield found
  }
  for (const found of stream.finish()) yield found
}

/** The same for a source that makes one wait. */
export async function* extractStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ExtractOptions = {},
): AsyncGenerator<Found> {
  const stream = new ByteStream(options)
  for await (const chunk of chunks) {
    for (const piece of inPieces(chunk)) for (const found of stream.push(piece)) yield found
  }
  for (const found of stream.finish()) yield found
}

const pieceSize = 1 << 16

/** What is found is handed on soon: what does not grow old costs little to forget. */
function* inPieces(chunk: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += pieceSize) yield chunk.subarray(at, at + pieceSize)
}

/** The same for a string; places are UTF-16 code units, so `text.slice(start, end)` is what was found. */
export function* extractText(text: string, options: ExtractOptions = {}): Generator<Found> {
  const stream = new UnitStream(options, 1, 0, Math.min(text.length * 3 + 1, 1 << 20))
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + pieceSize, text.length)
    // A pair of surrogates is one character.
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end += 1
    yield* stream.push(text.slice(at, end))
    at = end
  }
  yield* stream.finish()
}

/** Decides by the first bytes whether the text is UTF-16, and then passes on. */
class ByteStream {
  readonly #options: ExtractOptions
  readonly #head: number[] = []
  #pass: { push(bytes: Uint8Array): readonly Found[]; finish(): readonly Found[] } | null = null

  constructor(options: ExtractOptions) {
    this.#options = options
  }

  push(chunk: Uint8Array): readonly Found[] {
    if (this.#pass !== null) return this.#pass.push(chunk)
    const taken = chunk.subarray(0, 2 - this.#head.length)
    this.#head.push(...taken)
    if (this.#head.length < 2) return []
    return [...this.#begin(), ...this.push(chunk.subarray(taken.length))]
  }

  finish(): readonly Found[] {
    const begun = this.#begin()
    return [...begun, ...(this.#pass?.finish() ?? [])]
  }

  #begin(): readonly Found[] {
    if (this.#pass !== null) return []
    const [first, second] = this.#head
    if (first === 0xff && second === 0xfe) this.#pass = new Utf16Stream(this.#options, 'utf-16le')
    else if (first === 0xfe && second === 0xff) this.#pass = new Utf16Stream(this.#options, 'utf-16be')
    else {
      this.#pass = new Extractor(this.#options)
      return this.#pass.push(Uint8Array.from(this.#head))
    }
    return []
  }
}

class Utf16Stream {
  readonly #decoder: TextDecoder
  readonly #units: UnitStream

  constructor(options: ExtractOptions, name: 'utf-16le' | 'utf-16be') {
    this.#decoder = new TextDecoder(name, { ignoreBOM: true })
    this.#units = new UnitStream(options, 2, 2)
  }

  push(bytes: Uint8Array): readonly Found[] {
    const found: Found[] = []
    for (let at = 0; at < bytes.length; at += pieceSize) {
      const text = this.#decoder.decode(bytes.subarray(at, at + pieceSize), { stream: true })
      for (const each of this.#units.push(text)) found.push(each)
    }
    return found
  }

  finish(): readonly Found[] {
    return [...this.#units.push(this.#decoder.decode()), ...this.#units.finish()]
  }
}

/** Text as UTF-16 code units: looked through as UTF-8, with places counted back. */
class UnitStream {
  readonly #extractor: Extractor
  readonly #places: Places
  readonly #encoder = new TextEncoder()

  constructor(options: ExtractOptions, unit: 1 | 2, origin: number, stretch?: number) {
    // A short text is over before the kernel would be ready.
    this.#extractor = new Extractor(options, stretch, stretch !== undefined && stretch < 65_536)
    this.#places = new Places(unit, origin)
  }

  push(text: string): readonly Found[] {
    const bytes = this.#encoder.encode(text)
    this.#places.add(bytes)
    const found = this.#extractor.push(bytes).map((each) => this.#places.of(each))
    this.#places.forget(this.#extractor.settled)
    return found
  }

  finish(): readonly Found[] {
    return this.#extractor.finish().map((each) => this.#places.of(each))
  }
}
