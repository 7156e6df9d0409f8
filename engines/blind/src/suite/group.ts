import type { Chance } from '../chance.ts'

/**
 * A prime-order group with its hash, as RFC 9497 section 2.1 wants it. Elements and scalars are their encodings of
 * fixed length. An operation answers null where the result or an operand is not a canonical element other than the
 * identity, or a scalar is not below the order: such bytes never reach a transcript.
 */
export interface Group {
  readonly identifier: 'ristretto255-SHA512' | 'P256-SHA256'
  readonly elementBytes: number
  readonly scalarBytes: number
  readonly generator: Uint8Array
  hash(...parts: readonly Uint8Array[]): Uint8Array
  hashToGroup(input: Uint8Array, tag: Uint8Array): Uint8Array | null
  hashToScalar(input: Uint8Array, tag: Uint8Array): Uint8Array
  randomScalar(chance: Chance): Uint8Array
  /** Canonical, and not the identity. */
  isElement(bytes: Uint8Array): boolean
  /** Canonical: below the order of the group, and not zero. */
  isScalar(bytes: Uint8Array): boolean
  multiply(scalar: Uint8Array, element: Uint8Array): Uint8Array | null
  multiplyBase(scalar: Uint8Array): Uint8Array | null
  add(a: Uint8Array, b: Uint8Array): Uint8Array | null
  invert(scalar: Uint8Array): Uint8Array
  addScalars(a: Uint8Array, b: Uint8Array): Uint8Array
  subtractScalars(a: Uint8Array, b: Uint8Array): Uint8Array
  multiplyScalars(a: Uint8Array, b: Uint8Array): Uint8Array
}

/** RFC 9497 section 3.1: the three modes, with the byte that stands for each in every tag. */
export const modes = { oprf: 0, voprf: 1, poprf: 2 } as const
export type Mode = keyof typeof modes
