import type { Settings } from '../subjects/component.ts'
import type { EdgeEvidence, EdgeScored, Instant, Millibits } from '../subjects/events.ts'
import { order } from '../subjects/facts.ts'
import { kindRules, type Observed, valueKey } from './observed.ts'

/** Records of casework name few values, so that sharing none says little against one person. */
export const sharedSettings: Pick<Settings, 'unscored'> = { unscored: -1000 }
/** What two values of a kind that identifies say, where none is shared: little, for people have several. */
const different: Millibits = -500
/** What one more value in common adds: those of one device or one home come together and are no second witness. */
const beside: Millibits = 3000

/**
 * What two records say for one person by the values they share. The model is declared, not learned: two records taken
 * at random are one person once in `records`, and sharing one value alone leaves the odds that its kind has. Null: they
 * share nothing.
 */
export function sharedEdge(
  one: readonly Observed[],
  other: readonly Observed[],
  of: { readonly id: string; readonly at: Instant; readonly revision: number; readonly records: number },
): EdgeScored | null {
  const [first, second] = [one[0], other[0]]
  if (first === undefined || second === undefined || first.record === second.record) return null
  const theirs = new Set(other.map(valueKey))
  const shared = new Map(one.filter((each) => theirs.has(valueKey(each))).map((each) => [valueKey(each), each.kind]))
  if (shared.size === 0) return null
  const rare = Math.round(1000 * Math.log2(Math.max(2, of.records)))
  const evidence = [...shared]
    .sort(([a, x], [b, y]) => kindRules[y].odds - kindRules[x].odds || order(a, b))
    .map(([value, kind], at): EdgeEvidence => {
      const odds = 1000 * kindRules[kind].odds
      return at === 0
        ? { field: kind, level: 'the same', value, millibits: rare + odds }
        : { field: kind, level: 'the same, beside another', value, millibits: beside + Math.max(0, odds) }
    })
  const kinds = new Set(shared.values())
  const theirKinds = new Set(other.map(({ kind }) => kind))
  for (const kind of new Set(one.map((each) => each.kind))) {
    if (kindRules[kind].identifies && theirKinds.has(kind) && !kinds.has(kind))
      evidence.push({ field: kind, level: 'different', millibits: different })
  }
  return {
    ...{ kind: 'edge scored', id: of.id, at: of.at, relation: 'same person', prior: -rare, evidence },
    ...{ one: first.record, other: second.record, model: { name: 'shared values', revision: of.revision } },
  }
}
