import type { EdgeEvidence, EdgeScored, Instant } from '../subjects/events.ts'
import { order } from '../subjects/facts.ts'
import type { ContactHow, HeldHow, TieContact, TieHolding, ToldTies } from './told.ts'

/** Under which rules ties are told. A reason is counted and not weighed: the weight of a tie orders a list and ranks nobody. */
export const tieModel = { name: 'ties, declared', revision: 1 } as const
const ONE_REASON = 1000

/** How each of the two stands to what ties them: the level of a line, from the first to the second. */
export type TieHow = HeldHow | `${ContactHow}, out` | `${ContactHow}, in` | ContactHow
const between = ' / '
const levelOf = (one: TieHow, other: TieHow): string => `${one}${between}${other}`

/** The two sides of a line's level; the first is that of `edge.one`. */
export function sidesOf(level: string): readonly [one: string, other: string] {
  const at = level.indexOf(between)
  if (at < 0) throw new RangeError('the level of another relation')
  return [level.slice(0, at), level.slice(at + between.length)]
}

/**
 * Every pair of records that has a tie, with one line for each reason: edges of the log that never merge. They depend on
 * what is told alone, not on its order. What the sender itself calls viral ties nobody, and two who only wrote down one
 * payment value are not tied by it.
 */
export function tieEdges({ holdings, contacts }: ToldTies, at: Instant): EdgeScored[] {
  const edges = new Map<string, { readonly edge: Omit<EdgeScored, 'evidence'>; lines: Map<string, EdgeEvidence> }>()
  const add = (relation: EdgeScored['relation'], one: string, other: string, line: EdgeEvidence): void => {
    const id = `${relation} ${one} ${other}`
    const known = edges.get(id) ?? {
      edge: { kind: 'edge scored', id, at, one, other, relation, model: tieModel, prior: 0 },
      lines: new Map<string, EdgeEvidence>(),
    }
    known.lines.set(`${line.value ?? ''} ${line.level}`, line)
    edges.set(id, known)
  }
  for (const [one, other] of pairsOf(holdings)) {
    const { relation, value } = one
    if (!ties(one, other)) continue
    const level = levelOf(one.how, other.how)
    add(relation, one.record, other.record, { field: relation, level, value, millibits: ONE_REASON })
  }
  for (const contact of contacts) {
    const { one, other, how, values } = contact
    if (one === other) continue
    const isFirst = one < other
    const level = isBothWays(contact)
      ? levelOf(how, how)
      : isFirst
        ? levelOf(`${how}, out`, `${how}, in`)
        : levelOf(`${how}, in`, `${how}, out`)
    const ends = isFirst ? ([one, other] as const) : ([other, one] as const)
    for (const value of values.length === 0 ? [null] : values)
      add('contact', ...ends, { field: 'contact', level, millibits: ONE_REASON, ...(value === null ? {} : { value }) })
  }
  return [...edges.values()]
    .map(({ edge, lines }) => ({
      ...edge,
      evidence: [...lines].sort(([a], [b]) => order(a, b)).map(([, line]) => line),
    }))
    .sort((a, b) => order(a.id, b.id))
}

/** Who called whom is not always said, and a conversation has no direction. */
const isBothWays = ({ how }: TieContact): boolean => how === 'conversation' || how === 'call'

const ties = (one: TieHolding, other: TieHolding): boolean =>
  one.how !== 'viral' && other.how !== 'viral' && !(one.how === 'wrote' && other.how === 'wrote')

/** Holdings of one value by two records, the one that sorts first before the other. */
function* pairsOf(holdings: readonly TieHolding[]): Generator<readonly [TieHolding, TieHolding]> {
  const once = new Map(holdings.map((each) => [`${each.relation}\n${each.value}\n${each.record}\n${each.how}`, each]))
  for (const together of Map.groupBy(once.values(), ({ relation, value }) => `${relation}\n${value}`).values()) {
    for (const one of together) for (const other of together) if (one.record < other.record) yield [one, other]
  }
}
