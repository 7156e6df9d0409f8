import type { Identifier, IdentifierKind } from '../identifier.ts'
import type { ExtractOptions } from './found.ts'
import { type Kernel, makeKernel } from './kernel.ts'

/** Bytes that any finder may look back, and ahead, of the byte that called it. */
export const back = 8192
export const ahead = 16_384

/** `toString('latin1')` without its checks; Node has had it from the beginning, its types have not. */
interface Latin1Buffer extends Buffer {
  latin1Slice(start: number, end: number): string
}
const isLatin1Buffer = (buffer: Buffer): buffer is Latin1Buffer => 'latin1Slice' in buffer

/** What a finder saw, in positions of the page. */
export interface Sighting {
  start: number
  end: number
  readonly identifier: Identifier
  readonly original: string
  readonly context: readonly string[]
}

/**
 * The stretch of text that lies in memory. Finders read around their byte and emit; the `...Until` marks say how far one
 * of them has already been, so that no byte is looked at from many places (this keeps hostile text linear).
 */
export class Page {
  readonly bytes: Latin1Buffer
  readonly kernel: Kernel | null
  /** Bytes that are filled. Beyond them stand zeros, which are separators. */
  end = 1
  sightings: Sighting[] = []
  /** Host names were looked at up to here; inside an address of a site there are no others. */
  hostUntil = 0
  urlUntil = 0
  /** Another address inside the one that ends at `urlUntil` may be read. */
  mayNest = false
  digitsUntil = 0
  colonsUntil = 0
  fangsUntil = 0
  localUntil = 0
  /** Where the word "jabber" or "xmpp" was last seen; what looks like a mail behind it is an account there. */
  xmppAt = Number.NEGATIVE_INFINITY
  readonly countries: readonly string[]
  readonly #kinds: ReadonlySet<IdentifierKind> | null

  constructor(size: number, { kinds, countries = [] }: ExtractOptions, plainly = false) {
    this.kernel = plainly ? null : makeKernel(size)
    const bytes =
      this.kernel === null
        ? Buffer.alloc(size)
        : Buffer.from(this.kernel.text.buffer, this.kernel.text.byteOffset, size)
    if (!isLatin1Buffer(bytes)) throw new Error('this Node has no latin1Slice')
    this.bytes = bytes
    this.countries = countries
    this.#kinds = kinds === undefined ? null : new Set(kinds)
  }

  at(position: number): number {
    return this.bytes[position] ?? 0
  }

  text(start: number, end: number): string {
    const { bytes } = this
    for (let at = start; at < end; at += 1) {
      if ((bytes[at] ?? 0) > 127) return bytes.toString('utf8', start, end)
    }
    return bytes.latin1Slice(start, end)
  }

  ascii(start: number, end: number): string {
    return this.bytes.latin1Slice(start, end)
  }

  wants(kind: IdentifierKind): boolean {
    return this.#kinds === null || this.#kinds.has(kind)
  }

  emit(start: number, end: number, identifier: Identifier, context: readonly string[] = none, original?: string): void {
    if (!this.wants(identifier.kind)) return
    this.sightings.push({ start, end, identifier, original: original ?? this.text(start, end), context })
  }

  /** Forgets the first bytes; every position moves with them. */
  slide(by: number): void {
    this.bytes.copyWithin(0, by, this.end)
    this.end -= by
    this.hostUntil -= by
    this.urlUntil -= by
    this.digitsUntil -= by
    this.colonsUntil -= by
    this.fangsUntil -= by
    this.localUntil -= by
    this.xmppAt -= by
  }
}

const none: readonly string[] = []
