import { below, type Chance, shuffled } from '../chance.ts'
import { inputOf } from './entry.ts'

/** One place in a padded list: an input of an entry, or one that only fills. */
export interface Place {
  readonly input: Uint8Array
  readonly salt: Uint8Array
  /** Index of the entry; null for dummies, the control and canaries. */
  readonly entry: number | null
  readonly is: 'entry' | 'dummy' | 'control' | 'canary'
}

/** The smallest power of two that holds all; never below 16, so that a small question does not stand out. */
export const paddedSize = (count: number): number => Math.max(16, 2 ** Math.ceil(Math.log2(Math.max(count, 1))))

export const saltBytes = 32

/**
 * All inputs, some canaries, the control, and dummies up to a power of two, in an order that says nothing. The other
 * side cannot tell a dummy from an input: both reach it as random elements or outputs.
 */
export function paddedPlaces(
  inputs: readonly { readonly input: Uint8Array; readonly entry: number }[],
  control: Uint8Array,
  canaries: readonly Uint8Array[],
  chance: Chance,
): Place[] {
  const salt = (): Uint8Array => chance(saltBytes)
  const real: Place[] = inputs.map(({ input, entry }) => ({ input, entry, salt: salt(), is: 'entry' }))
  const planted: Place[] = canaries.map((input) => ({ input, entry: null, salt: salt(), is: 'canary' }))
  const known: Place = { input: control, entry: null, salt: salt(), is: 'control' }
  const size = paddedSize(real.length + planted.length + 1)
  const dummies = Array.from(
    { length: size - real.length - planted.length - 1 },
    (): Place => ({ input: inputOf('dummy', chance(32)), entry: null, salt: salt(), is: 'dummy' }),
  )
  return shuffled([...real, ...planted, known, ...dummies], chance)
}

/** A sample without repetition, for an audit. */
export function sample(count: number, of: number, chance: Chance): number[] {
  const chosen = new Set<number>()
  while (chosen.size < Math.min(count, of)) chosen.add(below(of, chance))
  return [...chosen].sort((a, b) => a - b)
}
