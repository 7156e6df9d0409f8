import { hex } from '../bytes.ts'
import { below, type Chance, shuffled } from '../chance.ts'
import { inputOf } from './entry.ts'

/** One place in a padded list: an input of an entry, or one that only fills. */
export interface Place {
  readonly input: Uint8Array
  readonly salt: Uint8Array
  /** Indexes of the entries that have this input; none for dummies, the control and canaries. */
  readonly entries: readonly number[]
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
  const real: Place[] = together(inputs).map((each) => ({ ...each, salt: salt(), is: 'entry' }))
  const planted: Place[] = canaries.map((input) => ({ input, entries: [], salt: salt(), is: 'canary' }))
  const known: Place = { input: control, entries: [], salt: salt(), is: 'control' }
  const size = paddedSize(real.length + planted.length + 1)
  const dummies = Array.from(
    { length: size - real.length - planted.length - 1 },
    (): Place => ({ input: inputOf('dummy', chance(32)), entries: [], salt: salt(), is: 'dummy' }),
  )
  return shuffled([...real, ...planted, known, ...dummies], chance)
}

/** Two entries with one input stand in one place: twice in a list, the same output would show. */
function together(inputs: readonly { readonly input: Uint8Array; readonly entry: number }[]) {
  const places = new Map<string, { readonly input: Uint8Array; readonly entries: number[] }>()
  for (const { input, entry } of inputs) {
    const key = hex(input)
    const place = places.get(key)
    if (place === undefined) places.set(key, { input, entries: [entry] })
    else if (!place.entries.includes(entry)) place.entries.push(entry)
  }
  return [...places.values()]
}

/** A sample without repetition, for an audit. */
export function sample(count: number, of: number, chance: Chance): number[] {
  const chosen = new Set<number>()
  while (chosen.size < Math.min(count, of)) chosen.add(below(of, chance))
  return [...chosen].sort((a, b) => a - b)
}
