import type { Referral } from '../../data/types.ts'
import { axisNumber } from '../../ui/axis.tsx'

export interface Row {
  readonly name: string
  /** Null: not said. */
  readonly one: string | null
  readonly other: string | null
}

const facts: readonly (readonly [string, (of: Referral) => string | null])[] = [
  ['Sender', ({ sender }) => sender.name],
  ['Service', ({ sender }) => sender.service],
  ['Kind', ({ item }) => item.incidentKind],
  ['Declared', ({ item }) => item.priority.declared],
  ['Computed', ({ item }) => item.priority.computed],
  ['Confirmed', ({ item }) => item.priority.confirmed],
  ['Incident', ({ facts }) => facts.incidentAt?.instant ?? facts.incidentAt?.original ?? null],
  ['Detected', ({ facts }) => facts.detectedAt?.instant ?? facts.detectedAt?.original ?? null],
  ['Seen by a person', ({ facts }) => said(facts.reviewedByPerson)],
  [
    'Roles',
    ({ people }) => people.map(({ role, age }) => (age === null ? role : `${role}, ${age}`)).join('; ') || null,
  ],
  ['Files', ({ files }) => String(files.length)],
  ['Hits on lists', ({ hits }) => String(hits.filter(({ withdrawn }) => !withdrawn).length)],
  ['Places to read first', ({ leads }) => String(leads.length)],
  ['Completeness', ({ completeness }) => (completeness === null ? null : `${completeness.score} of 100`)],
  ['State', ({ item }) => item.state],
]

const said = (value: 'yes' | 'no' | 'not said'): string | null => (value === 'not said' ? null : value)

export const factRows = (one: Referral, other: Referral): Row[] =>
  facts.map(([name, of]) => ({ name, one: of(one), other: of(other) }))

/** Every reason that gives something in one of the two, the greatest difference first; the sums stand at the end. */
export function reasonRows(one: Referral, other: Referral): Row[] {
  const given = (of: Referral): Map<string, number> =>
    new Map(of.score.factors.map(({ says, axis, contribution }) => [`${says} (${axis})`, contribution]))
  const [mine, theirs] = [given(one), given(other)]
  const names = [...new Set([...mine.keys(), ...theirs.keys()])]
  const apart = (name: string): number => Math.abs((mine.get(name) ?? 0) - (theirs.get(name) ?? 0))
  const told = names.filter((name) => (mine.get(name) ?? 0) !== 0 || (theirs.get(name) ?? 0) !== 0)
  told.sort((a, b) => apart(b) - apart(a) || (a < b ? -1 : 1))
  const cell = (value: number | undefined): string | null =>
    value === undefined || value === 0 ? null : axisNumber(value)
  return [
    ...told.map((name) => ({ name, one: cell(mine.get(name)), other: cell(theirs.get(name)) })),
    { name: 'Child urgency', one: axisNumber(one.score.childUrgency), other: axisNumber(other.score.childUrgency) },
    {
      name: 'Offender danger',
      one: axisNumber(one.score.offenderDanger),
      other: axisNumber(other.score.offenderDanger),
    },
  ]
}

export function sharedValues(one: Referral, other: Referral): { kind: string; value: string }[] {
  const values = (of: Referral): Map<string, { kind: string; value: string }> =>
    new Map(
      [
        ...of.mentions.map(({ kind, normal }) => ({ kind, value: normal })),
        ...of.files.flatMap(({ hashes }) => hashes.map(({ kind, value }) => ({ kind, value }))),
      ].map((each) => [`${each.kind} ${each.value}`, each]),
    )
  const theirs = values(other)
  return [...values(one)].flatMap(([key, each]) => (theirs.has(key) ? [each] : []))
}
