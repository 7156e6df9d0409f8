import type { Instant, Millibits, TieRelation } from './events.ts'
import { order } from './facts.ts'
import type { Subject, Subjects } from './subjects.ts'

/** A tie between two subjects that are not one: who lives with, writes to, shares files with or pays whom. */
export interface Tie {
  readonly relation: TieRelation
  readonly subject: string
  /** The strongest of its links. */
  readonly weight: Millibits
  readonly links: readonly { readonly one: string; readonly other: string; readonly at: Instant }[]
}

/** Ties of a subject, the strongest first. None of them merges anything. */
export function tiesOf(subjects: Subjects, { id, records }: Subject): Tie[] {
  const found = new Map<string, Tie>()
  for (const record of records) {
    for (const edge of subjects.facts.tiesOf(record)) {
      const { relation, one, other, at } = edge
      const to = subjects.subjectOf(one === record ? other : one)?.id
      if (to === undefined || to === id || !isTie(relation)) continue
      const known = found.get(`${relation}\n${to}`)
      const weight = subjects.facts.weight(edge)
      if (weight === null) continue
      found.set(`${relation}\n${to}`, {
        ...{ relation, subject: to, links: [...(known?.links ?? []), { one, other, at }] },
        weight: Math.max(weight, known?.weight ?? weight),
      })
    }
  }
  return [...found.values()].sort(
    (a, b) => b.weight - a.weight || order(a.relation, b.relation) || order(a.subject, b.subject),
  )
}

const isTie = (relation: string): relation is TieRelation => !relation.startsWith('same ')
