import { hash } from 'node:crypto'
import sodium from 'libsodium-wrappers-sumo'
import { concat, isEqual } from '../bytes.ts'
import { expandMessage } from './expand.ts'
import type { Group } from './group.ts'

await sodium.ready

const bytes = 32
const one = Uint8Array.of(1, ...new Uint8Array(bytes - 1))

/** RFC 9497 section 4.1 on libsodium: ristretto255 (RFC 9496) with SHA-512. */
export const ristretto255: Group = {
  identifier: 'ristretto255-SHA512',
  elementBytes: bytes,
  scalarBytes: bytes,
  generator: sodium.crypto_scalarmult_ristretto255_base(one),
  hash: (...parts) => new Uint8Array(hash('sha512', concat(...parts), 'buffer')),
  hashToGroup: (input, tag) => sodium.crypto_core_ristretto255_from_hash(expandMessage(input, tag, 64)),
  hashToScalar: (input, tag) => sodium.crypto_core_ristretto255_scalar_reduce(expandMessage(input, tag, 64)),
  // The library's own random scalar leaves WebAssembly for each word and costs two multiplications; this is the same.
  randomScalar: (chance) => {
    for (;;) {
      const scalar = sodium.crypto_core_ristretto255_scalar_reduce(chance(64))
      if (!isZero(scalar)) return scalar
    }
  },
  isElement: (element) =>
    element.length === bytes && !isZero(element) && sodium.crypto_core_ristretto255_is_valid_point(element),
  isScalar: (scalar) => isScalarBelowOrder(scalar) && !isZero(scalar),
  multiply: (scalar, element) =>
    element.length === bytes ? accepted(() => sodium.crypto_scalarmult_ristretto255(scalar, element)) : null,
  multiplyBase: (scalar) => accepted(() => sodium.crypto_scalarmult_ristretto255_base(scalar)),
  add: (a, b) => {
    const sum = accepted(() => sodium.crypto_core_ristretto255_add(a, b))
    return sum === null || isZero(sum) ? null : sum
  },
  invert: (scalar) => sodium.crypto_core_ristretto255_scalar_invert(scalar),
  addScalars: (a, b) => sodium.crypto_core_ristretto255_scalar_add(a, b),
  subtractScalars: (a, b) => sodium.crypto_core_ristretto255_scalar_sub(a, b),
  multiplyScalars: (a, b) => sodium.crypto_core_ristretto255_scalar_mul(a, b),
}

const isZero = (value: Uint8Array): boolean => value.every((byte) => byte === 0)

const isScalarBelowOrder = (scalar: Uint8Array): boolean =>
  scalar.length === bytes &&
  isEqual(sodium.crypto_core_ristretto255_scalar_reduce(concat(scalar, new Uint8Array(bytes))), scalar)

/** libsodium throws where an operand is no canonical element or the product is the identity. */
function accepted(operation: () => Uint8Array): Uint8Array | null {
  try {
    return operation()
  } catch {
    return null
  }
}
