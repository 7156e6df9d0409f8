import {
  type Appearance,
  caseworkSettings,
  edgesAmong,
  type LinkEvent,
  type ObservedKind,
  observedKinds,
  Subjects,
  valueKey,
} from '@tandem/linkage'
import type { Row, Transaction } from '@tandem/store'
import { reasonOf } from './generic.ts'
import { openParticulars } from './particulars.ts'
import { weighedTogether } from './weighed-together.ts'

export interface HeldAppearance extends Row<'appearance/of_components'> {
  readonly appearance: Appearance
}

/** Everything that hangs together with what was asked for, and the subjects that follow from it. */
export interface Linked {
  readonly subjects: Subjects
  readonly held: ReadonlyMap<string, HeldAppearance>
  readonly acts: readonly Row<'link/acts'>[]
}

/** What people said when they acted: opened only for whoever reads it. */
export interface Words {
  readonly who: (person: string) => string
  readonly why: (tx: Transaction, acts: readonly Row<'link/acts'>[]) => Promise<(act: string) => string>
}

const noWords: Words = { who: (person) => person, why: async () => () => '' }

/**
 * The subjects of components, told from what the record holds: appearances, and the acts of people and rules that were not
 * undone. Nothing of it is kept in memory between two transactions: what somebody may not see, they are not told from.
 */
export async function loadComponents(
  tx: Transaction,
  components: readonly string[],
  words: Words = noWords,
): Promise<Linked> {
  const rows = await tx.run('appearance/of_components', { components: [...new Set(components)] })
  const [values] = await Promise.all([
    tx.run('appearance/values_of', { appearances: rows.map(({ appearance_id }) => appearance_id) }),
    tx.vault.unlock(rows.map(({ referral_id }) => referral_id)),
  ])
  const acts = await tx.run('link/acts', {
    appearances: rows.map(({ appearance_id }) => appearance_id),
    observables: [...new Set(values.map(({ observable_id }) => observable_id))],
  })
  const valuesOf = Map.groupBy(values, ({ appearance_id }) => appearance_id)
  const held = new Map(
    rows.map((row): [string, HeldAppearance] => [
      row.appearance_id,
      { ...row, appearance: appearanceOf(tx, row, valuesOf.get(row.appearance_id) ?? []) },
    ]),
  )
  const kinds = new Map(values.map(({ observable_id, kind }) => [observable_id, kind]))
  const at = Date.parse(tx.standing.now)
  const why = await words.why(tx, acts)
  const told = (act: Row<'link/acts'>) => ({ who: words.who(act.made_by), why: why(act.act_id) })
  const events = acts.flatMap((act) => eventOf(act, kinds, told(act)))
  const aside = new Set(events.flatMap((event) => (event.kind === 'value suppressed' ? [event.value] : [])))
  const joined = events.flatMap((event) => (event.kind === 'decision' && event.verb === 'must link' ? [event] : []))
  const added = [...held.values()].map(
    ({ appearance: { id, received } }): LinkEvent => ({ kind: 'record added', id, at: received, record: id, received }),
  )
  const edges = weighedTogether([...held.values()], aside, joined).flatMap((part) =>
    edgesAmong(
      part.map(({ appearance }) => appearance),
      { at, aside },
    ),
  )
  const log = [...added, ...events, ...edges]
  return { subjects: Subjects.open(log, { asOf: at, settings: caseworkSettings }).subjects, held, acts }
}

function appearanceOf(
  tx: Transaction,
  row: Row<'appearance/of_components'>,
  values: readonly Row<'appearance/values_of'>[],
): Appearance {
  return {
    id: row.appearance_id,
    referral: row.referral_id,
    received: Date.parse(row.received_at),
    values: values.flatMap(({ kind, observable_id: value, used_at, port }) =>
      isObserved(kind) ? [{ kind, value, at: used_at === null ? null : Date.parse(used_at), port }] : [],
    ),
    ...openParticulars(tx, row),
  }
}

const observed: ReadonlySet<string> = new Set(observedKinds)
export const isObserved = (kind: string): kind is ObservedKind => observed.has(kind)

/** What was undone leaves no trace in the subjects. Reasons stay sealed: only whoever reads them opens them. */
function eventOf(
  act: Row<'link/acts'>,
  kinds: ReadonlyMap<string, string>,
  told: { readonly who: string; readonly why: string },
): LinkEvent[] {
  if (act.undone_by !== null) return []
  const common = { id: act.act_id, at: Date.parse(act.made_at) }
  const { kind, one, other, observable_id: observable } = act
  if ((kind === 'must link' || kind === 'cannot link') && one !== null && other !== null) {
    const expires = act.expires_at === null ? null : Date.parse(act.expires_at)
    return [
      { ...common, kind: 'decision', verb: kind, relation: 'same person', one, other, ...told, evidence: [], expires },
    ]
  }
  const valueKind = observable === null ? undefined : kinds.get(observable)
  if (kind !== 'suppress' || observable === null || valueKind === undefined || !isObserved(valueKind)) return []
  const value = valueKey({ kind: valueKind, value: observable })
  return [
    {
      ...common,
      kind: 'value suppressed',
      value,
      reason: reasonOf(act.ground, told.why),
      ground: { by: 'person', who: told.who },
    },
  ]
}
