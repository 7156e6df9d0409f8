import type { Instant, TieRelation } from '../subjects/events.ts'
import { Facts } from '../subjects/facts.ts'
import type { Subject } from '../subjects/subjects.ts'
import { type Tie, tiesOf } from '../subjects/ties.ts'
import { tieEdges } from './edges.ts'
import { type HeldRelation, mostTied, type TieHolding, type ToldTies } from './told.ts'

export interface TieSettings {
  readonly at: Instant
  /** Whom a record is believed to tell of; null: nobody who is known. */
  readonly subjectOf: (record: string) => string | null
  /** Values that are set aside: they tie nobody. */
  readonly aside: ReadonlySet<string>
  /** How many subjects hold a value in all, where more of them are known than are told here. */
  readonly spread?: ReadonlyMap<string, number>
}

/** A value that ties nobody because so many hold it. */
export interface TooMany {
  readonly relation: HeldRelation
  readonly value: string
  readonly subjects: number
  readonly most: number
}

export interface Ties {
  of(subject: Subject): Tie[]
  readonly tooMany: readonly TooMany[]
}

/** Ties of what is told: a function of the set of facts, so that no order of arrival matters. */
export function tiesAmong(told: ToldTies, settings: TieSettings): Ties {
  const { at, subjectOf, aside } = settings
  const tooMany = widespread(told.holdings, settings)
  const isTooMany = new Set(tooMany.map(keyOf))
  const holdings = firstOfEach(
    told.holdings.filter((each) => !isTooMany.has(keyOf(each))),
    subjectOf,
  )
  const facts = new Facts('same person', at)
  for (const edge of tieEdges({ ...told, holdings }, at)) facts.add(edge)
  for (const value of aside)
    facts.add({
      ...{ kind: 'value suppressed', id: `aside ${value}`, at, value },
      ...{ reason: 'set aside', ground: { by: 'person', who: '' } },
    })
  const of = (subject: Subject): Tie[] =>
    tiesOf(
      { facts, subjectOf: (record) => (subjectOf(record) === null ? null : { id: subjectOf(record) ?? '' }) },
      subject,
    )
  return { of, tooMany }
}

/**
 * Of the records of one subject that hold one value in one way, the first stands for all: two hundred referrals of one person
 * are no more pairs than one.
 */
function firstOfEach(holdings: readonly TieHolding[], subjectOf: TieSettings['subjectOf']): TieHolding[] {
  const first = new Map<string, TieHolding>()
  for (const each of holdings) {
    const subject = subjectOf(each.record)
    if (subject === null) continue
    const key = `${keyOf(each)}\n${each.how}\n${subject}`
    const known = first.get(key)
    if (known === undefined || each.record < known.record) first.set(key, each)
  }
  return [...first.values()]
}

const keyOf = ({ relation, value }: { readonly relation: TieRelation; readonly value: string }): string =>
  `${relation}\n${value}`

function widespread(holdings: readonly TieHolding[], { subjectOf, spread }: TieSettings): TooMany[] {
  const holders = new Map<string, { readonly of: TieHolding; readonly subjects: Set<string> }>()
  for (const of of holdings) {
    const known = holders.get(keyOf(of)) ?? { of, subjects: new Set<string>() }
    holders.set(keyOf(of), known)
    const subject = subjectOf(of.record)
    if (subject !== null) known.subjects.add(subject)
  }
  return [...holders.values()].flatMap(({ of: { relation, value }, subjects: { size } }) => {
    const subjects = Math.max(size, spread?.get(`${relation} ${value}`) ?? 0)
    const most = mostTied[relation]
    return subjects > most ? [{ relation, value, subjects, most }] : []
  })
}
