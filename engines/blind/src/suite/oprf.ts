import { framed, utf8 } from '../bytes.ts'
import { longestInput, type Suite } from './context.ts'
import type { Group } from './group.ts'

const finalize = utf8('Finalize')

/** Blind of RFC 9497 section 3.3.1: hides an input behind a fresh random scalar. Null: the input cannot be hashed. */
export function blind({ group, hashToGroup }: Suite, input: Uint8Array, scalar: Uint8Array): Uint8Array | null {
  if (input.length > longestInput) return null
  const element = group.hashToGroup(input, hashToGroup)
  return element === null ? null : group.multiply(scalar, element)
}

/** BlindEvaluate: null where the element is the identity or no canonical encoding, which no honest client sends. */
export const evaluateBlinded = ({ group }: Suite, secret: Uint8Array, blinded: Uint8Array): Uint8Array | null =>
  group.multiply(secret, blinded)

/** Finalize: the output for one input, or null where the server's element is none. */
export function unblind(suite: Suite, input: Uint8Array, scalar: Uint8Array, evaluated: Uint8Array): Uint8Array | null {
  return unblindInverted(suite, input, suite.group.invert(scalar), evaluated)
}

/** The same for a scalar that was inverted before, many together. */
export function unblindInverted(
  { group }: Suite,
  input: Uint8Array,
  inverse: Uint8Array,
  evaluated: Uint8Array,
): Uint8Array | null {
  const element = group.multiply(inverse, evaluated)
  return element === null ? null : outputOf(group, input, element)
}

/** Evaluate of section 3.3.1: what the holder of the key computes for an input of its own. */
export function evaluate({ group, hashToGroup }: Suite, secret: Uint8Array, input: Uint8Array): Uint8Array | null {
  if (input.length > longestInput) return null
  const element = group.hashToGroup(input, hashToGroup)
  const evaluated = element === null ? null : group.multiply(secret, element)
  return evaluated === null ? null : outputOf(group, input, evaluated)
}

/** Inverses of many scalars for the price of one inversion and three products each (Montgomery's trick). */
export function invertAll({ group }: Suite, scalars: readonly Uint8Array[]): Uint8Array[] {
  const products: Uint8Array[] = []
  for (const scalar of scalars) {
    const before = products.at(-1)
    products.push(before === undefined ? scalar : group.multiplyScalars(before, scalar))
  }
  const all = products.at(-1)
  if (all === undefined) return []
  let rest = group.invert(all)
  const inverses: Uint8Array[] = []
  for (let at = scalars.length - 1; at >= 0; at--) {
    const [before, scalar] = [products[at - 1], scalars[at]]
    if (scalar === undefined) break
    inverses.push(before === undefined ? rest : group.multiplyScalars(rest, before))
    rest = group.multiplyScalars(rest, scalar)
  }
  return inverses.reverse()
}

/** The hash that ends every mode; only POPRF has public information in it. */
export const outputOf = (group: Group, input: Uint8Array, element: Uint8Array, info?: Uint8Array): Uint8Array =>
  group.hash(framed(input), ...(info === undefined ? [] : [framed(info)]), framed(element), finalize)
