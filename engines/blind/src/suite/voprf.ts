import type { KeyPair, Suite } from './context.ts'
import { evaluateBlinded, invertAll, unblindInverted } from './oprf.ts'
import { type Proof, prove, verifyProof } from './proof.ts'

export interface Evaluated {
  readonly elements: readonly Uint8Array[]
  readonly proof: Proof
}

/** BlindEvaluate of RFC 9497 section 3.3.2 for a batch under one proof. Null where an element is none. */
export function evaluateProved(
  suite: Suite,
  { secret, publicKey }: KeyPair,
  blinded: readonly Uint8Array[],
  nonce: Uint8Array,
): Evaluated | null {
  const elements = blinded.map((element) => evaluateBlinded(suite, secret, element))
  if (elements.length === 0 || !elements.every((element) => element !== null)) return null
  const statement = { base: suite.group.generator, product: publicKey, from: blinded, to: elements }
  const proof = prove(suite, secret, statement, nonce)
  return proof === null ? null : { elements, proof }
}

export interface Blinded {
  readonly input: Uint8Array
  readonly scalar: Uint8Array
  readonly element: Uint8Array
}

/** Finalize of section 3.3.2: outputs, or null when the proof shows another key than the public one. */
export function unblindProved(
  suite: Suite,
  publicKey: Uint8Array,
  blinded: readonly Blinded[],
  { elements, proof }: Evaluated,
): Uint8Array[] | null {
  const from = blinded.map(({ element }) => element)
  const statement = { base: suite.group.generator, product: publicKey, from, to: elements }
  if (!verifyProof(suite, statement, proof)) return null
  const inverses = invertAll(
    suite,
    blinded.map(({ scalar }) => scalar),
  )
  const outputs = blinded.map(({ input }, at) => {
    const [inverse, element] = [inverses[at], elements[at]]
    return inverse === undefined || element === undefined ? null : unblindInverted(suite, input, inverse, element)
  })
  return outputs.every((output) => output !== null) ? outputs : null
}
