import type { EdgeScored, Instant, Millibits, TieRelation } from './events.ts'
import { type Facts, order } from './facts.ts'
import { explainLink, type LinkLine } from './link.ts'
import type { Subject } from './subjects.ts'

/** A tie between two subjects that are not one: who lives with, writes to, shares files with or pays whom. */
export interface Tie {
  readonly relation: TieRelation
  readonly subject: string
  /** The strongest of its links. */
  readonly weight: Millibits
  readonly links: readonly TieLink[]
}

/** `lines` are those that count: what is set aside is not among them. */
export interface TieLink {
  readonly one: string
  readonly other: string
  readonly at: Instant
  readonly lines: readonly LinkLine[]
}

/** Where ties are looked up, and whom a record tells of. */
interface Known {
  readonly facts: Facts
  subjectOf(record: string): Pick<Subject, 'id'> | null
}

/** Ties of a subject, the strongest first: what is listed of them is for `listTies` to say. None of them merges anything. */
export function tiesOf(known: Known, { id, records }: Subject): Tie[] {
  const { facts } = known
  const found = new Map<string, Tie>()
  for (const record of records) {
    for (const edge of facts.tiesOf(record)) {
      const { relation, one, other } = edge
      const to = known.subjectOf(one === record ? other : one)?.id
      if (to === undefined || to === id || !isTie(relation)) continue
      const before = found.get(`${relation}\n${to}`)
      const weight = facts.weight(edge)
      if (weight === null) continue
      found.set(`${relation}\n${to}`, {
        ...{ relation, subject: to, links: [...(before?.links ?? []), linkOf(edge, facts)] },
        weight: Math.max(weight, before?.weight ?? weight),
      })
    }
  }
  return [...found.values()].sort(
    (a, b) => b.weight - a.weight || order(a.relation, b.relation) || order(a.subject, b.subject),
  )
}

function linkOf(edge: EdgeScored, facts: Facts): TieLink {
  const { one, other, at } = edge
  return {
    one,
    other,
    at,
    lines: explainLink(edge, facts).lines.filter(({ suppressedBy }) => suppressedBy.length === 0),
  }
}

const isTie = (relation: string): relation is TieRelation => !relation.startsWith('same ')
