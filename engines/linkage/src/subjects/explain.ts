import { UnionFind } from '../graph/union-find.ts'
import { clusterComponent, type Ground, groundOf, lastMerge, reachOf } from './component.ts'
import type { Contradiction } from './contradictions.ts'
import type { Decision, EdgeScored, Millibits } from './events.ts'
import { order } from './facts.ts'
import { type Alarm, alarmsOf } from './guard.ts'
import { explainLink, type LinkExplanation } from './link.ts'
import type { Subject, Subjects } from './subjects.ts'
import { Weighed } from './weighed.ts'

/** What holds two records of a subject together. */
export type Hold =
  | { readonly by: 'evidence'; readonly link: LinkExplanation }
  | { readonly by: 'decision'; readonly decision: Decision }

/** What may turn out to be wrong: a value in common, what one field of one pair says, or somebody's decision. */
export type Fact =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'line'; readonly one: string; readonly other: string; readonly field: string }
  | { readonly kind: 'decision'; readonly decision: string }

export interface Flip {
  readonly fact: Fact
  /** Into what the subject falls without it. */
  readonly parts: readonly (readonly string[])[]
}

export interface SubjectExplanation {
  readonly subject: string
  readonly records: readonly string[]
  /** The fewest links that hold it: decisions first, then the strongest evidence (a maximum spanning tree). */
  readonly path: readonly Hold[]
  /** The link of evidence without which the path falls into two. Null where decisions alone hold it. */
  readonly weakest: LinkExplanation | null
  /** Every single fact without which it would no longer be one subject. */
  readonly flips: readonly Flip[]
  /** Facts that were not tried because there are so many: not a promise that they hold nothing. */
  readonly notTried: number
  readonly hypotheses: Hypotheses
  readonly alarms: readonly Alarm[]
  readonly contradictions: readonly Contradiction[]
}

/** What else could be true, and how far the evidence is from it. */
export interface Hypotheses {
  /** Two persons: the parts joined last, and by how much their agreement is above the bar. */
  readonly two: {
    readonly parts: readonly [readonly string[], readonly string[]]
    readonly mean: number
    readonly above: number
  } | null
  /** One person with another subject: the one that agrees best, how much is missing, and who keeps them apart. */
  readonly more: {
    readonly subject: string
    readonly mean: number
    readonly missing: number
    readonly apart: readonly Decision[]
  } | null
}

const mostFacts = 200
/** A subject of many records takes longer for each fact: tries times pairs of records. */
const mostPairsTried = 2_000_000

/** The fewest links that hold a subject, without asking what else could be true. */
export function holdsOf(subjects: Subjects, subject: Subject): Hold[] {
  return pathOf(subjects, subject, ownEdges(subjects, subject), contradictionsOf(subjects, subject))
}

/** Why these records are one subject, what that hangs on, and what else could be true. */
export function explainSubject(subjects: Subjects, subject: Subject): SubjectExplanation {
  const { facts } = subjects
  const own = ownEdges(subjects, subject)
  const contradictions = contradictionsOf(subjects, subject)
  const path = pathOf(subjects, subject, own, contradictions)
  const links = path.flatMap((hold) => (hold.by === 'evidence' ? [hold.link] : []))
  return {
    subject: subject.id,
    records: subject.records,
    path,
    weakest: links.at(-1) ?? null,
    ...flipsOf(subjects, subject, own),
    hypotheses: { two: twoOf(subjects, subject), more: moreOf(subjects, subject) },
    alarms: alarmsOf(subject.records, own, facts, subjects.componentOf(subject.id)?.partedAt ?? null),
    contradictions,
  }
}

/** Edges between records of the subject, the heaviest first. */
function ownEdges({ facts }: Subjects, { records }: Subject): EdgeScored[] {
  const inside = new Set(records)
  const edges = records.flatMap((record) =>
    [...facts.edgesOf(record).values()].filter((edge) => inside.has(edge.other) && inside.has(edge.one)),
  )
  const weight = (edge: EdgeScored): number => facts.weight(edge) ?? Number.NEGATIVE_INFINITY
  return [...new Set(edges)]
    .filter((edge) => facts.weight(edge) !== null)
    .sort((a, b) => weight(b) - weight(a) || order(a.id, b.id))
}

function contradictionsOf(subjects: Subjects, { id, records }: Subject): Contradiction[] {
  const inside = new Set(records)
  return (subjects.componentOf(id)?.contradictions ?? []).filter(({ cannot, must }) =>
    [cannot, ...must].some(({ one, other }) => inside.has(one) || inside.has(other)),
  )
}

function pathOf(
  { facts }: Subjects,
  { records }: Subject,
  edges: readonly EdgeScored[],
  contradictions: readonly Contradiction[],
): Hold[] {
  const place = new Map(records.map((record, at) => [record, at]))
  const sets = new UnionFind(records.length)
  const resting = new Set(contradictions.flatMap(({ must }) => must.map(({ id }) => id)))
  const decisions = mustLinks(facts.decisionsOf.bind(facts), records).filter(({ id }) => !resting.has(id))
  const joins = ({ one, other }: { readonly one: string; readonly other: string }): boolean => {
    const [a, b] = [place.get(one), place.get(other)]
    if (a === undefined || b === undefined || sets.find(a) === sets.find(b)) return false
    sets.join(a, b)
    return true
  }
  return [
    ...decisions.filter(joins).map((decision): Hold => ({ by: 'decision', decision })),
    ...edges.filter(joins).map((edge): Hold => ({ by: 'evidence', link: explainLink(edge, facts) })),
  ]
}

const mustLinks = (decisionsOf: Ground['decisionsOf'], records: readonly string[]): Decision[] =>
  records
    .flatMap((record) => decisionsOf(record).filter(({ verb, one }) => verb === 'must link' && one === record))
    .sort((a, b) => order(a.id, b.id))

function flipsOf(
  subjects: Subjects,
  { records }: Subject,
  edges: readonly EdgeScored[],
): { readonly flips: Flip[]; readonly notTried: number } {
  const { facts, settings } = subjects
  const [start] = records
  if (start === undefined || records.length < 2) return { flips: [], notTried: 0 }
  const weighed = new Weighed(groundOf(facts), subjects.componentOf(start)?.records ?? records)
  const all = factsOf(weighed.ground, records, edges)
  const most = Math.min(mostFacts, Math.max(10, Math.floor(mostPairsTried / records.length ** 2)))
  const flips = all.slice(0, most).flatMap((fact): Flip[] => {
    const without = weighed.without(fact)
    const left = new Set(records)
    const parts: string[][] = []
    for (const record of records) {
      if (!left.has(record)) continue
      for (const cluster of clusterComponent(reachOf(record, without, settings), without, settings).clusters) {
        const part = cluster.filter((member) => left.delete(member))
        if (part.length > 0) parts.push(part)
      }
    }
    // In the order of the subject's records: a cluster may begin with a record from outside it.
    parts.sort(([one = ''], [other = '']) => order(one, other))
    return parts.length > 1 ? [{ fact, parts }] : []
  })
  return { flips, notTried: Math.max(0, all.length - most) }
}

/** What speaks for the subject, the heaviest first. */
function factsOf(ground: Ground, records: readonly string[], edges: readonly EdgeScored[]): Fact[] {
  const decisions = mustLinks(ground.decisionsOf, records).map(({ id }): Fact => ({ kind: 'decision', decision: id }))
  const heavy = new Map<string, { readonly fact: Fact; sum: Millibits }>()
  for (const edge of edges) {
    const { one, other } = edge
    for (const { field, value, millibits } of edge.evidence) {
      if (millibits <= 0) continue
      const fact: Fact = value === undefined ? { kind: 'line', one, other, field } : { kind: 'value', value }
      const name = JSON.stringify(fact)
      const known = heavy.get(name)
      if (known === undefined) heavy.set(name, { fact, sum: millibits })
      else known.sum += millibits
    }
  }
  const sorted = [...heavy].sort(([a, { sum: first }], [b, { sum: second }]) => second - first || order(a, b))
  return [...decisions, ...sorted.map(([, { fact }]) => fact)]
}

function twoOf({ facts, settings }: Subjects, { records }: Subject): Hypotheses['two'] {
  const last = records.length < 2 ? null : lastMerge(records, groundOf(facts), settings)
  return last === null ? null : { ...last, above: last.mean - settings.bar }
}

function moreOf(subjects: Subjects, subject: Subject): Hypotheses['more'] {
  const { facts, settings } = subjects
  const found = new Map<string, { sum: Millibits; scored: number }>()
  for (const record of subject.records) {
    for (const [other, edge] of facts.edgesOf(record)) {
      const name = subjects.subjectOf(other)?.id
      if (name === undefined || name === subject.id) continue
      const known = found.get(name) ?? { sum: 0, scored: 0 }
      const weight = facts.weight(edge)
      if (weight !== null) known.sum += weight
      if (weight !== null) known.scored++
      found.set(name, known)
    }
  }
  let best: { readonly subject: string; readonly mean: number } | null = null
  for (const [name, { sum, scored }] of [...found].sort(([a], [b]) => order(a, b))) {
    const pairs = subject.records.length * (subjects.subjectOf(name)?.records.length ?? 1)
    const mean = (sum + (pairs - scored) * settings.unscored) / pairs
    if (best === null || mean > best.mean) best = { subject: name, mean }
  }
  if (best === null) return null
  const other = new Set(subjects.subjectOf(best.subject)?.records)
  const apart = subject.records
    .flatMap((record) => facts.decisionsOf(record))
    .filter(({ verb, one, other: two }) => verb === 'cannot link' && (other.has(one) || other.has(two)))
  return { ...best, missing: settings.bar - best.mean, apart: apart.sort((a, b) => order(a.id, b.id)) }
}
