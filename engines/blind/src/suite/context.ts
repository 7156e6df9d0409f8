import { concat, twoBytes, utf8 } from '../bytes.ts'
import { type Group, type Mode, modes } from './group.ts'

/** A group in one mode of RFC 9497, with the tags that keep its hashes apart from those of every other use. */
export interface Suite {
  readonly group: Group
  readonly mode: Mode
  readonly hashToGroup: Uint8Array
  readonly hashToScalar: Uint8Array
  readonly deriveKeyPair: Uint8Array
  readonly seed: Uint8Array
}

export function suiteOf(group: Group, mode: Mode): Suite {
  // CreateContextString of section 3.1.
  const context = concat(utf8('OPRFV1-'), Uint8Array.of(modes[mode]), utf8(`-${group.identifier}`))
  const tag = (name: string): Uint8Array => concat(utf8(name), context)
  return {
    group,
    mode,
    hashToGroup: tag('HashToGroup-'),
    hashToScalar: tag('HashToScalar-'),
    deriveKeyPair: tag('DeriveKeyPair'),
    seed: tag('Seed-'),
  }
}

/** Section 3.2.1: inputs are shorter than 2^16 bytes, because a transcript names their length in two. */
export const longestInput = 0xffff

export interface KeyPair {
  readonly secret: Uint8Array
  readonly publicKey: Uint8Array
}

/** DeriveKeyPair of section 3.2.1. `seed` is 32 secret random bytes; null is impossible but for a broken hash. */
export function deriveKeyPair(
  { group, deriveKeyPair: tag }: Suite,
  seed: Uint8Array,
  info: Uint8Array,
): KeyPair | null {
  if (seed.length !== 32) throw new RangeError('a seed has 32 bytes')
  const input = concat(seed, twoBytes(info.length), info)
  for (let counter = 0; counter < 256; counter++) {
    const secret = group.hashToScalar(concat(input, Uint8Array.of(counter)), tag)
    const publicKey = group.multiplyBase(secret)
    if (publicKey !== null) return { secret, publicKey }
  }
  return null
}
