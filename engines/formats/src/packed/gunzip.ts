import { crc32 } from 'node:zlib'
import { Inflate, outSize } from './inflate.ts'

/** What comes out of gzip: bytes, and the ends of its members, which may lie anywhere. */
export type GzipPart =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'member-end' }
  | { readonly kind: 'damaged'; readonly code: GzipDamage; readonly offset: number }

export type GzipDamage = 'gzip-damaged' | 'gzip-checksum' | 'gzip-cut-off' | 'not-gzip'

/**
 * Streams gzip (RFC 1952) of any number of members. A damaged member costs itself: reading goes on at the next thing
 * that looks like the head of one. Offsets are those of the packed file.
 */
export class Gunzip {
  readonly #out = new Uint8Array(outSize)
  #inflate: Inflate | null = null
  #held: Uint8Array = new Uint8Array(0)
  #offset = 0
  #state: 'head' | 'body' | 'tail' | 'lost' = 'head'
  #crc = 0
  #size = 0
  /** The last bytes that went into the member at hand: behind damage the next head may already have been swallowed. */
  #recent: Uint8Array = new Uint8Array(0)
  #seen = 0
  #again = 0

  #drop(count: number): void {
    this.#held = this.#held.subarray(count)
    this.#offset += count
  }

  *push(chunk: Uint8Array, final = false): Generator<GzipPart, void, undefined> {
    let rest = chunk
    this.#seen += chunk.length
    for (;;) {
      if (this.#state === 'body' && this.#inflate !== null) {
        const inflate = this.#inflate
        this.#recent = Buffer.concat([this.#recent, rest]).subarray(-recentBytes)
        for (const bytes of inflate.push(rest, final)) {
          this.#crc = crc32(bytes, this.#crc)
          this.#size = (this.#size + bytes.length) >>> 0
          yield { kind: 'bytes', bytes }
        }
        this.#offset += rest.length
        if (inflate.state === 'going') return
        // A copy: the inflater's input may be the caller's buffer.
        this.#held = Uint8Array.from(inflate.unused)
        this.#offset -= this.#held.length
        this.#inflate = null
        const damage = {
          kind: 'damaged',
          code: final && this.#held.length === 0 ? 'gzip-cut-off' : 'gzip-damaged',
          offset: this.#offset,
        } as const
        this.#state = inflate.state === 'done' ? 'tail' : 'lost'
        this.#recent = this.#recent.subarray(0, this.#recent.length - this.#held.length)
        if (inflate.state === 'damaged') {
          this.#goBack()
          yield damage
        }
        rest = new Uint8Array(0)
        continue
      }
      this.#held = this.#held.length === 0 ? rest : Buffer.concat([this.#held, rest])
      rest = new Uint8Array(0)
      const part = this.#between(final)
      if (part === 'more') {
        this.#held = Uint8Array.from(this.#held)
        return
      }
      if (part !== null) yield part
      if (this.#state === 'body') {
        rest = this.#held
        this.#held = new Uint8Array(0)
      }
    }
  }

  *end(): Generator<GzipPart, void, undefined> {
    yield* this.push(new Uint8Array(0), true)
  }

  /** Bounded by what was seen, so that planted heads cannot make it slow. */
  #goBack(): void {
    const back = this.#recent.length
    if (this.#again + back > this.#seen + recentBytes) return
    this.#again += back
    this.#held = Buffer.concat([this.#recent, this.#held])
    this.#offset -= back
  }

  #between(final: boolean): GzipPart | 'more' | null {
    const held = this.#held
    if (this.#state === 'tail') {
      if (held.length < 8) return final ? this.#lost('gzip-cut-off') : 'more'
      const view = new DataView(held.buffer, held.byteOffset, 8)
      const fits = view.getUint32(0, true) === this.#crc >>> 0 && view.getUint32(4, true) === this.#size
      if (!fits) {
        const offset = this.#offset
        this.#goBack()
        this.#state = 'lost'
        return { kind: 'damaged', code: 'gzip-checksum', offset }
      }
      this.#drop(8)
      this.#state = 'head'
      return { kind: 'member-end' }
    }
    if (this.#state === 'lost') {
      const at = Buffer.from(held.buffer, held.byteOffset, held.length).indexOf('\x1f\x8b\x08', 0, 'latin1')
      this.#drop(at >= 0 ? at : Math.max(0, held.length - 2))
      if (at < 0) return 'more'
      this.#state = 'head'
      return null
    }
    if (held.length === 0) return 'more'
    const length = headerLength(held)
    if (length === 'more') return final ? this.#lost('gzip-cut-off') : 'more'
    if (length === 'wrong') return this.#lost('not-gzip')
    this.#drop(length)
    this.#inflate = new Inflate(this.#out)
    this.#recent = new Uint8Array(0)
    this.#crc = 0
    this.#size = 0
    this.#state = 'body'
    return null
  }

  #lost(code: GzipDamage): GzipPart {
    const offset = this.#offset
    this.#state = 'lost'
    this.#drop(Math.min(1, this.#held.length))
    return { kind: 'damaged', code, offset }
  }
}

const recentBytes = 65_536
const maxHeader = 70_000

/** RFC 1952 section 2.3. */
function headerLength(head: Uint8Array): number | 'more' | 'wrong' {
  const magic = [0x1f, 0x8b, 0x08]
  if (magic.some((byte, at) => at < head.length && head[at] !== byte)) return 'wrong'
  if (head.length < 10) return 'more'
  const flags = head[3] ?? 0
  if ((flags & 0xe0) !== 0) return 'wrong'
  let at = 10
  if ((flags & 4) !== 0) at += 2 + (head[at] ?? 0) + 256 * (head[at + 1] ?? 0)
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue
    const end = head.indexOf(0, at)
    if (end < 0) return head.length > maxHeader ? 'wrong' : 'more'
    at = end + 1
  }
  if ((flags & 2) !== 0) at += 2
  return at <= head.length ? at : 'more'
}
