import type { EdgeScored, Millibits, ValueSuppressed } from './events.ts'
import type { Facts } from './facts.ts'

/** One line of a link's waterfall. */
export interface LinkLine {
  readonly field: string
  readonly level: string
  readonly value: string | null
  /** What the line would say if its value counted. */
  readonly said: Millibits
  /** What it says: 0 where the value is suppressed. */
  readonly counted: Millibits
  readonly suppressedBy: readonly ValueSuppressed[]
}

/** Evidence for and against two records being one, in whole millibits: prior and lines sum exactly to the weight. */
export interface LinkExplanation {
  readonly one: string
  readonly other: string
  readonly relation: EdgeScored['relation']
  readonly model: EdgeScored['model']
  readonly prior: Millibits
  readonly lines: readonly LinkLine[]
  readonly weight: Millibits
}

export function explainLink(edge: EdgeScored, facts: Facts): LinkExplanation {
  const lines = edge.evidence.map(({ field, level, millibits, value }): LinkLine => {
    const suppressedBy = value === undefined ? [] : facts.suppressions(value)
    const counted = suppressedBy.length > 0 ? 0 : millibits
    return { field, level, value: value ?? null, said: millibits, counted, suppressedBy }
  })
  const { one, other, relation, model, prior } = edge
  return { one, other, relation, model, prior, lines, weight: lines.reduce((sum, { counted }) => sum + counted, prior) }
}
