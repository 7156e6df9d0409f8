import { err, ok, type Result } from '@tandem/core'
import type { Fault } from '../json-reader.ts'
import { lawsBroken } from '../weight-laws.ts'
import type { Axis, FactorRule, Hundredths, WeightSet } from '../weight-set.ts'

/** New points for a stated "yes" of one factor on one axis. */
export interface PointChange {
  readonly factor: string
  readonly axis: Axis
  readonly yes: Hundredths
}

/** A weight set that nobody uses yet. To put it in force is a decision of people, elsewhere. */
export interface WeightProposal {
  readonly status: 'proposal'
  readonly basedOn: string
  readonly by: string
  readonly why: string
  readonly changes: readonly (PointChange & { readonly was: Hundredths })[]
  readonly weights: WeightSet
}

export function proposeWeights(
  base: WeightSet,
  of: { readonly id: string; readonly by: string; readonly why: string; readonly changes: readonly PointChange[] },
): Result<WeightProposal, readonly Fault[]> {
  const faults: Fault[] = []
  for (const name of ['id', 'by', 'why'] as const) {
    if (of[name].trim() === '') faults.push({ field: name, says: 'must be a text that says something' })
  }
  if (of.id === base.id) faults.push({ field: 'id', says: 'a changed number needs a new id' })
  let { factors } = base
  const changes: WeightProposal['changes'][number][] = []
  of.changes.forEach((change, at) => {
    const rule = factors.find(({ factor }) => factor === change.factor)
    const pair = rule?.type === 'flag' ? rule.points[change.axis] : undefined
    const field = `changes[${at}]`
    if (rule === undefined || pair === undefined) {
      faults.push({ field, says: `"${change.factor}" is no yes-or-no factor on ${change.axis}` })
    } else if (change.yes % 25 !== 0 || Math.abs(change.yes) > 1000) {
      faults.push({ field, says: 'must be hundredths of log-odds in steps of 25, between -1000 and 1000' })
    } else {
      changes.push({ ...change, was: pair.yes })
      factors = factors.map((one) => (one === rule ? withYes(one, change) : one))
    }
  })
  const weights: WeightSet = { ...base, id: of.id, factors }
  if (faults.length === 0) faults.push(...lawsBroken(weights))
  if (faults.length > 0) return err(faults)
  return ok({ status: 'proposal', basedOn: base.id, by: of.by, why: of.why, changes, weights })
}

export function withYes(rule: FactorRule, { axis, yes }: PointChange): FactorRule {
  if (rule.type !== 'flag') return rule
  const pair = rule.points[axis]
  return pair === undefined ? rule : { ...rule, points: { ...rule.points, [axis]: { ...pair, yes } } }
}
