import { type AddressEvidence, addressEvidence, usualLease } from '../generic/lease.ts'
import { kindRules, type ObservedKind, observedKinds, valueKey } from '../generic/observed.ts'
import type { EdgeEvidence, EdgeScored, Instant } from '../subjects/events.ts'
import { order } from '../subjects/facts.ts'
import type { Appearance, AppearanceValue } from './appearance.ts'
import { type CaseworkModel, casework } from './model.ts'
import { Particulars } from './names.ts'

const identifying = observedKinds.filter((kind) => kindRules[kind].identifies)

/**
 * Every pair that shares a value, weighed line by line. The weight of a pair depends on the two alone, so that neither the
 * order of arrival nor who else is there changes it. `aside`: values that are suppressed bring nobody together; where two
 * share another one too, they stand among the lines and count for nothing. The lines of a pair are the heaviest first.
 */
export function edgesAmong(
  appearances: readonly Appearance[],
  options: { readonly at: Instant; readonly aside?: ReadonlySet<string>; readonly model?: CaseworkModel },
): EdgeScored[] {
  const model = options.model ?? casework
  const sorted = [...appearances].sort((a, b) => order(a.id, b.id))
  const weigh = new Weighing(sorted, model)
  const holders = new Map<string, number[]>()
  sorted.forEach(({ values }, place) => {
    for (const key of new Set(values.map(valueKey))) {
      if (options.aside?.has(key) === true) continue
      const known = holders.get(key)
      if (known === undefined) holders.set(key, [place])
      else known.push(place)
    }
  })
  const done = new Set<number>()
  const edges: EdgeScored[] = []
  for (const places of holders.values()) {
    for (let i = 0; i < places.length; i++) {
      for (let j = i + 1; j < places.length; j++) {
        const [one, other] = [places[i] ?? 0, places[j] ?? 0]
        const pair = one * sorted.length + other
        if (done.has(pair)) continue
        done.add(pair)
        edges.push(weigh.pair(one, other, options.at))
      }
    }
  }
  return edges.sort((a, b) => order(a.id, b.id))
}

/** The values of an appearance by their keys, made once. */
interface Known {
  readonly of: Appearance
  readonly byKey: ReadonlyMap<string, readonly AppearanceValue[]>
  readonly kinds: ReadonlySet<ObservedKind>
}

class Weighing {
  readonly #known: readonly Known[]
  readonly #model: CaseworkModel
  readonly #particulars: Particulars

  constructor(appearances: readonly Appearance[], model: CaseworkModel) {
    this.#model = model
    this.#particulars = new Particulars(model)
    this.#known = appearances.map((of) => ({
      of,
      byKey: Map.groupBy(of.values, valueKey),
      kinds: new Set(of.values.map(({ kind }) => kind)),
    }))
  }

  pair(first: number, second: number, at: Instant): EdgeScored {
    const [one, other] = [this.#known[first], this.#known[second]]
    if (one === undefined || other === undefined) throw new RangeError('there is no such appearance')
    const shared: EdgeEvidence[] = []
    const kinds = new Set<ObservedKind>()
    for (const [value, ours] of one.byKey) {
      const theirs = other.byKey.get(value)
      const kind = ours[0]?.kind
      if (theirs === undefined || kind === undefined) continue
      kinds.add(kind)
      shared.push(
        kind === 'ip'
          ? { field: kind, value, ...this.#address(ours, theirs) }
          : { field: kind, level: 'the same', value, millibits: this.#model.shared[kind] },
      )
    }
    const { name, revision, prior } = this.#model
    const evidence = [...shared, ...this.#against(one, other, kinds)]
    evidence.sort((a, b) => b.millibits - a.millibits || order(a.value ?? a.field, b.value ?? b.field))
    return {
      ...{ kind: 'edge scored', id: `${one.of.id} ${other.of.id}`, at, one: one.of.id, other: other.of.id },
      ...{ relation: 'same person', model: { name, revision }, prior, evidence },
    }
  }

  #against({ of: one, kinds: ours }: Known, { of: other, kinds: theirs }: Known, shared: ReadonlySet<ObservedKind>) {
    const lines: EdgeEvidence[] = []
    const names = this.#particulars.names(one.names, other.names)
    const births = this.#particulars.births(one.births, other.births)
    if (names !== null) lines.push(names)
    if (births !== null) lines.push(births)
    for (const kind of identifying)
      if (ours.has(kind) && theirs.has(kind) && !shared.has(kind))
        lines.push({ field: kind, level: 'different', millibits: this.#model.different })
    if (one.referral === other.referral)
      lines.push({ field: 'referral', level: 'told apart by one referral', millibits: this.#model.toldApart })
    return lines
  }

  /** The two uses that say most; without a time an address says nothing. */
  #address(ours: readonly AppearanceValue[], theirs: readonly AppearanceValue[]): Omit<EdgeEvidence, 'field'> {
    let best: AddressEvidence = { level: 'the same address, time not said', millibits: 0, isConnection: false }
    for (const one of ours) {
      for (const other of theirs) {
        const found = addressEvidence({ ...one, address: one.value }, { ...other, address: other.value }, usualLease)
        if (found === null || found.millibits < best.millibits) continue
        if (found.millibits > best.millibits || best.millibits === 0) best = found
      }
    }
    const most = best.isConnection ? this.#model.connection : this.#model.shared.ip
    return { level: best.level, millibits: Math.round((best.millibits * most) / usualLease.most) }
  }
}
