import type { Priority } from '@tandem/core'
import type { FactName } from './facts.ts'
import { reachedStep, type Spoken } from './reading.ts'
import { type Axis, axes, type FactorRule, type Hundredths, type Threshold, type WeightSet } from './weight-set.ts'

export interface Line {
  readonly rule: FactorRule
  readonly axis: Axis
  readonly spoken: Spoken
  /** What the factor would give alone. */
  readonly points: Hundredths
  /** What it gives after saturation and lane; these add up to the axis. */
  readonly counted: Hundredths
  readonly because: string | null
}

export interface OpenGate {
  readonly factor: FactName
  readonly priority: 'P1' | 'P2'
}

export type Reason =
  | { readonly kind: 'gate'; readonly gate: OpenGate; readonly rule: FactorRule }
  | { readonly kind: 'threshold'; readonly threshold: Threshold }
  | { readonly kind: 'nothing higher' }

export type Lane = 'usual' | 'child suspect'

export interface Tally {
  readonly lane: Lane
  readonly lines: readonly Line[]
  readonly sums: { readonly [axis in Axis]: Hundredths }
  readonly openGates: readonly OpenGate[]
  readonly priority: Priority
  readonly reason: Reason
}

const notSaid: Spoken = { value: 'not said', number: null, evidence: [], fixedBy: null }

/** The whole arithmetic of a rank: gates first, then sums in integers, then thresholds. */
export function tally(spoken: ReadonlyMap<FactName, Spoken>, weights: WeightSet): Tally {
  const of = (name: FactName): Spoken => spoken.get(name) ?? notSaid
  const lane: Lane =
    of('minorToMinor').value === 'yes' && of('offenderAdult').value !== 'yes' ? 'child suspect' : 'usual'

  const alone: Line[] = []
  for (const rule of weights.factors) {
    for (const axis of axes) if (speaksOn(rule, axis)) alone.push(lineOf(rule, axis, of(rule.factor), lane))
  }
  const lines = saturate(alone, weights)
  const sums = { 'child urgency': 0, 'offender danger': 0 }
  for (const line of lines) sums[line.axis] += line.counted

  const open = weights.factors.flatMap((rule) =>
    rule.gate === null || of(rule.factor).value !== 'yes'
      ? []
      : [{ rule, gate: { factor: rule.factor, priority: rule.gate } }],
  )
  const reached = weights.thresholds.filter((threshold) => sums[threshold.axis] >= threshold.atLeast)
  for (const level of ['P1', 'P2'] as const) {
    const gate = open.find((one) => one.gate.priority === level)
    const threshold = reached.find((one) => one.priority === level)
    const reason: Reason | null =
      gate !== undefined ? { kind: 'gate', ...gate } : threshold !== undefined ? { kind: 'threshold', threshold } : null
    if (reason !== null) return { lane, lines, sums, openGates: open.map((one) => one.gate), priority: level, reason }
  }
  return { lane, lines, sums, openGates: [], priority: 'P3', reason: { kind: 'nothing higher' } }
}

function lineOf(rule: FactorRule, axis: Axis, spoken: Spoken, lane: Lane): Line {
  const points = pointsOf(rule, axis, spoken)
  // A child who may have harmed another child is protected, not graded.
  const silenced = lane === 'child suspect' && axis === 'offender danger'
  const because = silenced ? 'Child-suspect lane: offender danger is not scored.' : null
  return { rule, axis, spoken, points, counted: silenced ? 0 : points, because }
}

/** False only when the two values cannot give different ranks, whatever the other facts are. */
export const couldDiffer = (rule: FactorRule, a: Spoken, b: Spoken): boolean =>
  rule.factor === 'minorToMinor' ||
  rule.factor === 'offenderAdult' ||
  (rule.gate !== null && (a.value === 'yes') !== (b.value === 'yes')) ||
  axes.some((axis) => pointsOf(rule, axis, a) !== pointsOf(rule, axis, b))

const speaksOn = (rule: FactorRule, axis: Axis): boolean =>
  rule.type === 'flag' ? rule.points[axis] !== undefined : rule.steps.some((step) => step.points[axis] !== undefined)

function pointsOf(rule: FactorRule, axis: Axis, spoken: Spoken): Hundredths {
  if (spoken.value === 'not said') return 0
  if (rule.type === 'flag') return rule.points[axis]?.[spoken.value] ?? 0
  return spoken.number === null ? 0 : (reachedStep(rule, spoken.number)?.points[axis] ?? 0)
}

/** Within a group the strongest speaks first, until the cap is used up. What lowers is never capped. */
function saturate(alone: readonly Line[], weights: WeightSet): Line[] {
  const counted = [...alone]
  const members = new Map<string, { line: Line; index: number }[]>()
  alone.forEach((line, index) => {
    if (line.rule.group === null || line.counted <= 0) return
    const key = `${line.rule.group}|${line.axis}`
    const known = members.get(key)
    if (known === undefined) members.set(key, [{ line, index }])
    else known.push({ line, index })
  })
  for (const group of weights.groups) {
    for (const axis of axes) {
      let left = group.caps[axis] ?? 0
      const strongestFirst = (members.get(`${group.group}|${axis}`) ?? []).sort(
        (a, b) => b.line.counted - a.line.counted || a.index - b.index,
      )
      for (const { line, index } of strongestFirst) {
        const given = Math.min(line.counted, left)
        left -= given
        if (given === line.counted) continue
        const because = `Saturation: evidence of the type "${group.group}" counts up to its cap only.`
        counted[index] = { ...line, counted: given, because }
      }
    }
  }
  return counted
}
