import { concat, framed, utf8 } from '../bytes.ts'
import type { KeyPair, Suite } from './context.ts'
import { invertAll, outputOf } from './oprf.ts'
import { prove, verifyProof } from './proof.ts'
import type { Blinded, Evaluated } from './voprf.ts'

/** The scalar that binds public information into a key: RFC 9497 section 3.3.3. */
const tweak = ({ group, hashToScalar }: Suite, info: Uint8Array): Uint8Array =>
  group.hashToScalar(concat(utf8('Info'), framed(info)), hashToScalar)

/** The server's public key for this information, as a client computes it. Null in the one case of 2^252 that is void. */
export function tweakedKey(suite: Suite, publicKey: Uint8Array, info: Uint8Array): Uint8Array | null {
  const added = suite.group.multiplyBase(tweak(suite, info))
  return added === null ? null : suite.group.add(added, publicKey)
}

/** BlindEvaluate of section 3.3.3, a batch under one proof. */
export function evaluateWith(
  suite: Suite,
  { secret }: KeyPair,
  info: Uint8Array,
  blinded: readonly Uint8Array[],
  nonce: Uint8Array,
): Evaluated | null {
  const { group } = suite
  const key = group.addScalars(secret, tweak(suite, info))
  const product = group.isScalar(key) ? group.multiplyBase(key) : null
  if (product === null || blinded.length === 0) return null
  const inverse = group.invert(key)
  const elements = blinded.map((element) => group.multiply(inverse, element))
  if (!elements.every((element) => element !== null)) return null
  const proof = prove(suite, key, { base: group.generator, product, from: elements, to: blinded }, nonce)
  return proof === null ? null : { elements, proof }
}

/** Finalize of section 3.3.3. `product` is the tweaked key. */
export function unblindWith(
  suite: Suite,
  product: Uint8Array,
  info: Uint8Array,
  blinded: readonly Blinded[],
  { elements, proof }: Evaluated,
): Uint8Array[] | null {
  const to = blinded.map(({ element }) => element)
  const statement = { base: suite.group.generator, product, from: elements, to }
  if (!verifyProof(suite, statement, proof)) return null
  const inverses = invertAll(
    suite,
    blinded.map(({ scalar }) => scalar),
  )
  const outputs = blinded.map(({ input }, at) => {
    const [inverse, evaluated] = [inverses[at], elements[at]]
    const element = inverse && evaluated ? suite.group.multiply(inverse, evaluated) : null
    return element === null ? null : outputOf(suite.group, input, element, info)
  })
  return outputs.every((output) => output !== null) ? outputs : null
}
