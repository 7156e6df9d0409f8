import { createHash, type Hash } from 'node:crypto'
import type { FileMentioned, Place } from '../record.ts'

/** The three digests that lists of known files speak, taken while bytes stream past. */
export class Digests {
  length = 0
  readonly #hashes: readonly { readonly kind: 'sha256' | 'sha1' | 'md5'; readonly hash: Hash }[] = [
    { kind: 'sha256', hash: createHash('sha256') },
    { kind: 'sha1', hash: createHash('sha1') },
    { kind: 'md5', hash: createHash('md5') },
  ]

  update(bytes: Uint8Array): void {
    this.length += bytes.length
    for (const { hash } of this.#hashes) hash.update(bytes)
  }

  hex(): { readonly sha256: string; readonly sha1: string; readonly md5: string } {
    const of = (kind: 'sha256' | 'sha1' | 'md5'): string =>
      this.#hashes
        .find((each) => each.kind === kind)
        ?.hash.copy()
        .digest('hex') ?? ''
    return { sha256: of('sha256'), sha1: of('sha1'), md5: of('md5') }
  }

  at(place: Place): FileMentioned['hashes'] {
    const hex = this.hex()
    return this.#hashes.map(({ kind }) => ({ kind, value: hex[kind], place }))
  }
}
