import { concat, framed, utf8 } from '../bytes.ts'
import type { Place } from '../entries/padding.ts'
import { isInRoot, leafHash, pathOf, rootOf } from './tree.ts'

/** What a side publishes before a run: how long its padded list is, and a root that fixes every entry and tells none. */
export interface Commitment {
  readonly size: number
  readonly root: Uint8Array
}

/** One entry shown to an auditor: with its salt it can be checked, without it it cannot be guessed. */
export interface Opening {
  readonly index: number
  readonly input: Uint8Array
  readonly salt: Uint8Array
  readonly path: readonly Uint8Array[]
}

const tag = utf8('tandem blind list v1')
const leafOf = ({ input, salt }: Pick<Place, 'input' | 'salt'>): Uint8Array =>
  leafHash(concat(tag, framed(salt), framed(input)))

export function commitTo(places: readonly Place[]): Commitment {
  return { size: places.length, root: rootOf(places.map(leafOf)) }
}

export function open(places: readonly Place[], indexes: readonly number[]): Opening[] {
  const leaves = places.map(leafOf)
  return indexes.flatMap((index) => {
    const place = places[index]
    return place === undefined ? [] : [{ index, input: place.input, salt: place.salt, path: pathOf(leaves, index) }]
  })
}

export const isCommitted = ({ index, input, salt, path }: Opening, { size, root }: Commitment): boolean =>
  isInRoot(leafOf({ input, salt }), index, size, path, root)
