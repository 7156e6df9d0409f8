import { concat, framed, isEqual, twoBytes, utf8 } from '../bytes.ts'
import type { Suite } from './context.ts'

/** A proof that one secret joins two lists of elements: challenge and response, two scalars. */
export interface Proof {
  readonly challenge: Uint8Array
  readonly response: Uint8Array
}

/** What is proved: `base` is to `product` as each of `from` is to its fellow in `to`. */
export interface Statement {
  readonly base: Uint8Array
  readonly product: Uint8Array
  readonly from: readonly Uint8Array[]
  readonly to: readonly Uint8Array[]
}

/** GenerateProof of RFC 9497 section 2.2.1. `nonce` is a fresh random scalar: used twice, it gives the secret away. */
export function prove(suite: Suite, secret: Uint8Array, statement: Statement, nonce: Uint8Array): Proof | null {
  const { group } = suite
  const weighed = composite(suite, statement.product, statement, [statement.from])
  const from = weighed?.[0]
  const to = from === undefined ? null : group.multiply(secret, from)
  const [first, second] = [
    group.multiply(nonce, statement.base),
    from === undefined ? null : group.multiply(nonce, from),
  ]
  if (from === undefined || to === null || first === null || second === null) return null
  const challenge = challengeOf(suite, statement.product, from, to, first, second)
  return { challenge, response: group.subtractScalars(nonce, group.multiplyScalars(challenge, secret)) }
}

/** VerifyProof of section 2.2.2. False for anything that is not exactly right. */
export function verifyProof(suite: Suite, statement: Statement, { challenge, response }: Proof): boolean {
  const { group } = suite
  if (statement.from.length === 0 || statement.from.length !== statement.to.length) return false
  if (!group.isScalar(challenge) || !group.isScalar(response) || !group.isElement(statement.product)) return false
  const [from, to] = composite(suite, statement.product, statement, [statement.from, statement.to]) ?? []
  if (from === undefined || to === undefined) return false
  const first = sumOf(suite, response, statement.base, challenge, statement.product)
  const second = sumOf(suite, response, from, challenge, to)
  if (first === null || second === null) return false
  return isEqual(challengeOf(suite, statement.product, from, to, first, second), challenge)
}

/** A proof on the wire: section 4.1 and 4.3 write the two scalars one after the other. */
export const proofBytes = ({ challenge, response }: Proof): Uint8Array => concat(challenge, response)

export function readProof({ group: { scalarBytes } }: Suite, bytes: Uint8Array): Proof | null {
  if (bytes.length !== 2 * scalarBytes) return null
  return { challenge: bytes.slice(0, scalarBytes), response: bytes.slice(scalarBytes) }
}

/** ComputeComposites: random weights, fixed by a hash of all elements, fold each list into one element. */
function composite(
  suite: Suite,
  product: Uint8Array,
  { from, to }: Statement,
  lists: readonly (readonly Uint8Array[])[],
): Uint8Array[] | null {
  const { group } = suite
  const seed = group.hash(framed(product), framed(suite.seed))
  const sums: (Uint8Array | null)[] = lists.map(() => null)
  for (const [at, element] of from.entries()) {
    const fellow = to[at]
    if (fellow === undefined) return null
    const transcript = concat(framed(seed), twoBytes(at), framed(element), framed(fellow), utf8('Composite'))
    const weight = group.hashToScalar(transcript, suite.hashToScalar)
    for (const [list, elements] of lists.entries()) {
      const own = elements[at]
      const weighed = own === undefined ? null : group.multiply(weight, own)
      if (weighed === null) return null
      const before = sums[list] ?? null
      sums[list] = before === null ? weighed : group.add(before, weighed)
      if (sums[list] === null) return null
    }
  }
  return sums.every((sum) => sum !== null) ? sums : null
}

function challengeOf(suite: Suite, ...elements: readonly Uint8Array[]): Uint8Array {
  return suite.group.hashToScalar(concat(...elements.map(framed), utf8('Challenge')), suite.hashToScalar)
}

function sumOf({ group }: Suite, a: Uint8Array, of: Uint8Array, b: Uint8Array, and: Uint8Array): Uint8Array | null {
  const [left, right] = [group.multiply(a, of), group.multiply(b, and)]
  return left === null || right === null ? null : group.add(left, right)
}
