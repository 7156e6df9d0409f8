import { hash } from 'node:crypto'
import { p256, p256_hasher } from '@noble/curves/nist.js'
import { concat, hex } from '../bytes.ts'
import type { Group } from './group.ts'

const { Point } = p256
const { Fn } = Point
type Point = ReturnType<typeof Point.fromBytes>

/** RFC 9497 section 4.3 on noble's P-256: for sites whose keys live in modules that know NIST curves only. */
export const p256Group: Group = {
  identifier: 'P256-SHA256',
  elementBytes: 33,
  scalarBytes: 32,
  generator: Point.BASE.toBytes(true),
  hash: (...parts) => new Uint8Array(hash('sha256', concat(...parts), 'buffer')),
  hashToGroup: (input, tag) => encoded(p256_hasher.hashToCurve(input, { DST: tag })),
  hashToScalar: (input, tag) => Fn.toBytes(p256_hasher.hashToScalar(input, { DST: tag })),
  // FIPS 186-5 appendix A.3.1: extra bits, so that no scalar is likelier than another.
  randomScalar: (chance) => Fn.toBytes((BigInt(`0x${hex(chance(48))}`) % (Fn.ORDER - 1n)) + 1n),
  isElement: (bytes) => decoded(bytes) !== null,
  isScalar: (bytes) => scalarOf(bytes) !== null,
  multiply: (scalar, element) => combine(scalarOf(scalar), decoded(element)),
  multiplyBase: (scalar) => combine(scalarOf(scalar), Point.BASE),
  add: (a, b) => {
    const [left, right] = [decoded(a), decoded(b)]
    return left === null || right === null ? null : encoded(left.add(right))
  },
  invert: (scalar) => Fn.toBytes(Fn.inv(Fn.fromBytes(scalar))),
  addScalars: (a, b) => Fn.toBytes(Fn.add(Fn.fromBytes(a), Fn.fromBytes(b))),
  subtractScalars: (a, b) => Fn.toBytes(Fn.sub(Fn.fromBytes(a), Fn.fromBytes(b))),
  multiplyScalars: (a, b) => Fn.toBytes(Fn.mul(Fn.fromBytes(a), Fn.fromBytes(b))),
}

const combine = (scalar: bigint | null, point: Point | null): Uint8Array | null =>
  scalar === null || point === null ? null : encoded(point.multiply(scalar))

const encoded = (point: Point): Uint8Array | null => (point.is0() ? null : point.toBytes(true))

/** SEC 1 section 2.3.4, compressed form only, so that an element has one encoding. noble throws on all others. */
function decoded(bytes: Uint8Array): Point | null {
  if (bytes.length !== 33 || (bytes[0] !== 2 && bytes[0] !== 3)) return null
  try {
    const point = Point.fromBytes(bytes)
    point.assertValidity()
    return point.is0() ? null : point
  } catch {
    return null
  }
}

function scalarOf(bytes: Uint8Array): bigint | null {
  if (bytes.length !== 32) return null
  const scalar = BigInt(`0x${hex(bytes)}`)
  return scalar === 0n || scalar >= Fn.ORDER ? null : scalar
}
