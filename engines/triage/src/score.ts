import { canonicalJson, type Evidence, type Factor, isHigher, type Json, type Priority } from '@tandem/core'
import { type ActBy, actByClocks } from './clocks.ts'
import type { TriageFacts } from './facts.ts'
import { ownEpoch, toInstant } from './instants.ts'
import { effectivePriority } from './priority.ts'
import { readFacts, type TriageRemark } from './reading.ts'
import { type Lane, type Line, type OpenGate, type Tally, tally } from './tally.ts'
import { tandem1 } from './tandem-1.ts'
import type { Axis, ClockRules, Hundredths, WeightSet } from './weight-set.ts'
import { type WouldMove, whatWouldMove } from './what-would-move.ts'

export interface TriageFactor extends Factor {
  /** The contribution as an integer; these add up to the axis. */
  readonly hundredths: Hundredths
  /** Set when the factor gave less than it would alone. */
  readonly reduced?: { readonly from: Hundredths; readonly because: string }
}

export interface AxisScore {
  readonly hundredths: Hundredths
  readonly logOdds: number
  /** 0 to 100 on the ruler of the weight file, for display. Not a probability and not a percentage. */
  readonly band: number
  /** False in the child-suspect lane: the person is not graded. */
  readonly scored: boolean
}

export interface PriorityBecause {
  readonly kind: 'gate' | 'threshold' | 'nothing higher'
  /** The gate's factor or the threshold's axis. */
  readonly name: string | null
  readonly says: string
}

export interface TriageScore {
  readonly method: 'tandem-triage/1'
  readonly weightSetId: string
  /** The `now` that was passed in, in UTC. */
  readonly asOf: string
  readonly lane: Lane
  readonly childUrgency: AxisScore
  readonly offenderDanger: AxisScore
  /** All of them, one line for each axis a factor stands on, the silent ones with contribution 0. */
  readonly factors: readonly TriageFactor[]
  readonly openGates: readonly OpenGate[]
  readonly computedPriority: Priority
  readonly priorityBecause: PriorityBecause
  readonly declaredPriority: {
    readonly level: Priority
    readonly evidence: readonly Evidence[]
    readonly bySender: readonly { readonly sender: string | null; readonly level: Priority }[]
  } | null
  /** The highest of declared, computed and what stood before; it orders the work until a person confirms. */
  readonly untilConfirmed: Priority
  /** For `untilConfirmed`. */
  readonly actBy: readonly ActBy[]
  readonly whatWouldMove: readonly WouldMove[]
  readonly remarks: readonly TriageRemark[]
}

export interface TriageContext {
  /** RFC 3339 with zone. There is no other clock. */
  readonly now: string
  readonly receivedAt: string
  readonly weights?: WeightSet
  /** The effective priority in force until now, for a referral that is scored again. */
  readonly standing?: Priority
  /** An agency's own clocks instead of those in the weight file. */
  readonly clocks?: ClockRules
}

/** Same facts, same `now`, same weights: the same score on every machine. */
export function triage(facts: TriageFacts, context: TriageContext): TriageScore {
  const weights = context.weights ?? tandem1
  const now = ownEpoch(context.now, 'now')
  const reading = readFacts(facts, weights, now)
  const result = tally(reading.spoken, weights)
  const computed = { level: result.priority, openGates: result.openGates }
  const { level } = effectivePriority({
    declared: reading.declared,
    computed,
    confirmed: null,
    standing: context.standing ?? null,
  })
  return {
    method: 'tandem-triage/1',
    weightSetId: weights.id,
    asOf: toInstant(now),
    lane: result.lane,
    childUrgency: axisScore(result, 'child urgency', weights),
    offenderDanger: axisScore(result, 'offender danger', weights),
    factors: result.lines.map(toFactor),
    openGates: result.openGates,
    computedPriority: result.priority,
    priorityBecause: because(result),
    declaredPriority:
      reading.declared === null
        ? null
        : { level: reading.declared, evidence: reading.declaredEvidence, bySender: reading.bySender },
    untilConfirmed: level,
    actBy: actByClocks({
      priority: level,
      facts,
      receivedAt: context.receivedAt,
      now: context.now,
      rules: context.clocks ?? weights.clocks,
    }),
    whatWouldMove: whatWouldMove(reading.spoken, weights, result),
    remarks: [...reading.remarks, ...ownRemarks(result, reading.declared)],
  }
}

function axisScore(result: Tally, axis: Axis, weights: WeightSet): AxisScore {
  const hundredths = result.sums[axis]
  const { from, to } = weights.band
  const inside = Math.min(Math.max(hundredths, from), to)
  return {
    hundredths,
    logOdds: hundredths / 100,
    band: Math.floor(((inside - from) * 100) / (to - from)),
    scored: axis === 'child urgency' || result.lane === 'usual',
  }
}

function toFactor(line: Line): TriageFactor {
  const { rule, spoken } = line
  const says = rule.says[spoken.value].replace('{n}', String(spoken.number ?? ''))
  return {
    factor: rule.factor,
    says,
    axis: line.axis,
    value: spoken.value,
    contribution: line.counted / 100,
    hundredths: line.counted,
    evidence: spoken.evidence,
    ...(rule.gate !== null && spoken.value === 'yes' && line.axis === 'child urgency' ? { gate: rule.gate } : {}),
    ...(line.because !== null && line.counted !== line.points
      ? { reduced: { from: line.points, because: line.because } }
      : {}),
  }
}

function because(result: Tally): PriorityBecause {
  const { reason, priority } = result
  if (reason.kind === 'gate') {
    return { kind: 'gate', name: reason.gate.factor, says: `${priority} by a gate: ${reason.rule.says.yes}` }
  }
  if (reason.kind === 'threshold') {
    const { axis, atLeast } = reason.threshold
    const sum = inLogOdds(result.sums[axis])
    return {
      kind: 'threshold',
      name: axis,
      says: `${priority} because ${axis} is ${sum}, at or above the threshold of ${inLogOdds(atLeast)}.`,
    }
  }
  return { kind: 'nothing higher', name: null, says: 'P3: no gate is open and no threshold is reached.' }
}

const inLogOdds = (hundredths: Hundredths): string => (hundredths / 100).toFixed(2)

function ownRemarks(result: Tally, declared: Priority | null): TriageRemark[] {
  const remarks: TriageRemark[] = []
  if (result.lane === 'child suspect') {
    remarks.push({
      code: 'child-suspect-lane',
      about: 'minorToMinor',
      says: 'The person reported may be a child. Both are to be protected; offender danger is not scored.',
    })
  } else if (result.lines.some((line) => line.rule.factor === 'minorToMinor' && line.spoken.value === 'yes')) {
    remarks.push({
      code: 'contradiction',
      about: 'minorToMinor',
      says: 'Stated to be between children, and the person reported is stated to be an adult; scored as an adult.',
    })
  }
  if (declared !== null && isHigher(declared, result.priority)) {
    remarks.push({
      code: 'below-declared',
      about: 'declared',
      says: `The computed ${result.priority} is below the declared ${declared}; the declared one stands until a person decides.`,
    })
  }
  return remarks
}

/** RFC 8785: the bytes to store, compare and commit to. */
export function canonicalScore(score: TriageScore): string {
  const plain: Json = JSON.parse(JSON.stringify(score))
  return canonicalJson(plain)
}
