import { createHash, type Hash } from 'node:crypto'
import type { HashKind } from '../exact/index.ts'
import type { Digests } from './outcome.ts'

/** Several hashes in one pass over the bytes; only the kinds that some loaded list needs. */
export class Digesting {
  readonly #hashes: readonly (readonly [HashKind, Hash])[]
  #size = 0

  constructor(kinds: readonly HashKind[]) {
    this.#hashes = [...new Set(kinds)].map((kind) => [kind, createHash(kind)])
  }

  get size(): number {
    return this.#size
  }

  update(bytes: Uint8Array): void {
    this.#size += bytes.length
    for (const [, hash] of this.#hashes) hash.update(bytes)
  }

  /** Once, at the end. */
  digests(): Digests {
    return Object.fromEntries(this.#hashes.map(([kind, hash]) => [kind, hash.digest('hex')]))
  }
}

/** Hashes a stream; its bytes are kept nowhere. */
export async function hashStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  kinds: readonly HashKind[],
): Promise<{ size: number; digests: Digests }> {
  const digesting = new Digesting(kinds)
  for await (const chunk of chunks) digesting.update(chunk)
  return { size: digesting.size, digests: digesting.digests() }
}
