import { hex } from '../bytes.ts'
import type { Entry } from '../entries/entry.ts'
import type { Place } from '../entries/padding.ts'
import type { Compute } from './compute.ts'
import type { RunProblem } from './problem.ts'
import { type Alarm, askerAlarms } from './watch.ts'

/** An entry of the asker that the holder has too. It points to a desk; it is no proof of anything. */
export interface Hit {
  readonly reference: string
  readonly kind: Entry['kind']
  /** The holder finds its own entry by them, once the hit is released to it. */
  readonly outputs: readonly string[]
}

export interface Found {
  readonly hits: readonly Hit[]
  /** Entries asked about, and the padded length of the holder's list. */
  readonly asked: number
  readonly held: number
  readonly alarms: readonly Alarm[]
}

export interface Exchanged {
  readonly entries: readonly Entry[]
  readonly places: readonly Place[]
  readonly scalars: readonly (Uint8Array | null)[]
  readonly evaluated: readonly Uint8Array[]
  readonly outputs: readonly Uint8Array[]
}

/**
 * The asker's own outputs beside the holder's. Both lists hold the control: a holder whose outputs come from another
 * key, or from nowhere, cannot have it, and then an empty result would mean nothing.
 */
export async function findHits(exchanged: Exchanged, compute: Compute): Promise<Found | RunProblem> {
  const held = new Set(exchanged.outputs.map(hex))
  if (held.size !== exchanged.outputs.length) return 'contradiction'
  const asked = exchanged.places.flatMap((place, at) => {
    const [scalar, element] = [exchanged.scalars[at], exchanged.evaluated[at]]
    return scalar && element ? [{ place, scalar, element }] : []
  })
  const outputs = await compute({
    do: 'unblind',
    inputs: asked.map(({ place }) => place.input),
    scalars: asked.map(({ scalar }) => scalar),
    elements: asked.map(({ element }) => element),
  })
  if (outputs === null || outputs.length !== asked.length) return 'element'

  const met = asked.flatMap(({ place }, at) => {
    const output = hex(outputs[at] ?? new Uint8Array(0))
    return held.has(output) ? [{ place, output }] : []
  })
  if (!met.some(({ place }) => place.is === 'control')) return 'contradiction'
  const byEntry = new Map<number, string[]>()
  for (const { place, output } of met) {
    for (const entry of place.entries) byEntry.set(entry, [...(byEntry.get(entry) ?? []), output])
  }
  const hits = [...byEntry]
    .sort(([a], [b]) => a - b)
    .flatMap(([entry, found]) => {
      const of = exchanged.entries[entry]
      return of === undefined ? [] : [{ reference: of.reference, kind: of.kind, outputs: found }]
    })
  const canaries = met.filter(({ place }) => place.is === 'canary').length
  const alarms = askerAlarms({ asked: exchanged.entries.length, hits: hits.length, canaries })
  return { hits, asked: exchanged.entries.length, held: held.size, alarms }
}
