import { Gathered } from '../pdq/gathered.ts'
import { type Dialect, hashPicture, pictureLimits, SNIFF_BYTES, sniff } from '../pdq/index.ts'
import type { Likeness } from './outcome.ts'

/**
 * Looks at bytes as they pass. Those of a picture are kept in memory until its end, hashed and overwritten; of anything else
 * nothing is kept.
 */
export class Likening {
  readonly #dialects: readonly Dialect[]
  readonly #gathered: Gathered | null
  #found: Likeness | null = null
  #isPicture = false
  #ended: boolean

  /** Without dialects nothing is looked at. */
  constructor(dialects: readonly Dialect[]) {
    this.#dialects = dialects
    this.#ended = dialects.length === 0
    this.#gathered = this.#ended ? null : new Gathered()
  }

  update(chunk: Uint8Array): void {
    if (this.#ended || this.#gathered === null) return
    if (this.#gathered.length + chunk.length > pictureLimits.maxBytes) {
      const says = `The file is larger than the limit of ${pictureLimits.maxBytes} bytes for one picture.`
      this.#end(this.#isPicture ? { kind: 'not-decoded', code: 'too-large', says } : null)
      return
    }
    this.#gathered.add(chunk)
    if (!this.#isPicture && this.#gathered.length >= SNIFF_BYTES) this.#look()
  }

  /** Once, when all bytes have passed; null where there is nothing to compare by likeness. */
  async finish(): Promise<Likeness | null> {
    const [dialect, alsoDialect] = this.#dialects
    if (!this.#ended && !this.#isPicture) this.#look()
    if (this.#ended || this.#gathered === null || dialect === undefined) return this.#found
    try {
      const also = alsoDialect === undefined ? {} : { alsoDialect }
      const hashed = await hashPicture(this.#gathered.bytes(), { dialect, ...also, acceptIncomplete: true })
      if (!hashed.ok) return { kind: 'not-decoded', code: hashed.error.kind, says: hashed.error.reason }
      const { also: other, remarks, hash, quality, reliable, variants } = hashed.value
      const first = { dialect, hash, quality, reliable, variants }
      return {
        kind: 'picture',
        hashes: other === undefined || other.hash === hash ? [first] : [first, other],
        incomplete: remarks.some(({ kind }) => kind === 'incomplete'),
        firstOnly: remarks.some(({ kind }) => kind === 'first-frame'),
        remarks: remarks.map(({ text }) => text),
      }
    } finally {
      this.#gathered.forget()
    }
  }

  /** Nothing more will come, and what came is of no use. */
  forget(): void {
    this.#end(null)
  }

  #look(): void {
    if (this.#gathered === null) return
    const sniffed = sniff(this.#gathered.bytes())
    if (sniffed.kind === 'picture') this.#isPicture = true
    else if (sniffed.kind === 'unknown' || sniffed.what === 'else') this.#end(null)
    else if (sniffed.what === 'video') this.#end({ kind: 'video', name: sniffed.name })
    else {
      const says = `The file is ${sniffed.name}, which cannot be decoded here; convert a copy.`
      this.#end({ kind: 'not-decoded', code: 'unsupported-format', says })
    }
  }

  #end(found: Likeness | null): void {
    this.#ended = true
    this.#found = found
    this.#gathered?.forget()
  }
}
