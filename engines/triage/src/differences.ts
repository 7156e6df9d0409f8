import type { Priority, ThreeValued } from '@tandem/core'
import type { ActBy } from './clocks.ts'
import type { TriageFactor, TriageScore } from './score.ts'
import type { OpenGate } from './tally.ts'
import { type Axis, axes, type Hundredths } from './weight-set.ts'

interface Change<T> {
  readonly from: T
  readonly to: T
}

export interface ScoreDifferences {
  /** Nothing that concerns the rank differs; `asOf` alone is no change. */
  readonly same: boolean
  readonly weightSet: Change<string> | null
  readonly lane: Change<TriageScore['lane']> | null
  readonly computedPriority: Change<Priority> | null
  readonly declaredPriority: Change<Priority | null> | null
  readonly untilConfirmed: Change<Priority> | null
  readonly axes: readonly ({ readonly axis: Axis } & Change<Hundredths>)[]
  readonly gatesOpened: readonly OpenGate[]
  readonly gatesClosed: readonly OpenGate[]
  readonly factors: readonly FactorChange[]
  readonly clocks: readonly ({ readonly clock: ActBy['clock'] } & Change<string | null>)[]
}

export interface FactorChange {
  readonly factor: string
  readonly axis: Axis
  readonly value: Change<ThreeValued>
  readonly hundredths: Change<Hundredths>
  /** The sentence that holds now; the earlier one when the factor is gone. */
  readonly says: string
}

/** What changed between two looks, oldest first. */
export function differences(a: TriageScore, b: TriageScore): ScoreDifferences {
  const found = {
    weightSet: changed(a.weightSetId, b.weightSetId),
    lane: changed(a.lane, b.lane),
    computedPriority: changed(a.computedPriority, b.computedPriority),
    declaredPriority: changed(a.declaredPriority?.level ?? null, b.declaredPriority?.level ?? null),
    untilConfirmed: changed(a.untilConfirmed, b.untilConfirmed),
    axes: axes.flatMap((axis) => {
      const change = changed(sum(a, axis), sum(b, axis))
      return change === null ? [] : [{ axis, ...change }]
    }),
    gatesOpened: gatesOnlyIn(b, a),
    gatesClosed: gatesOnlyIn(a, b),
    factors: factorChanges(a, b),
    clocks: clockChanges(a.actBy, b.actBy),
  }
  const same = Object.values(found).every((part) => part === null || (Array.isArray(part) && part.length === 0))
  return { same, ...found }
}

const changed = <T>(from: T, to: T): Change<T> | null => (from === to ? null : { from, to })

const sum = (score: TriageScore, axis: Axis): Hundredths =>
  (axis === 'child urgency' ? score.childUrgency : score.offenderDanger).hundredths

const gatesOnlyIn = (here: TriageScore, there: TriageScore): OpenGate[] =>
  here.openGates.filter(
    (gate) => !there.openGates.some((other) => other.factor === gate.factor && other.priority === gate.priority),
  )

function factorChanges(a: TriageScore, b: TriageScore): FactorChange[] {
  const key = (factor: TriageFactor): string => `${factor.axis}|${factor.factor}`
  const before = new Map(a.factors.map((factor) => [key(factor), factor]))
  const after = new Map(b.factors.map((factor) => [key(factor), factor]))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((one) => {
    const from = before.get(one)
    const to = after.get(one)
    const shown = to ?? from
    if (shown === undefined) return []
    const value = { from: from?.value ?? 'not said', to: to?.value ?? 'not said' }
    const hundredths = { from: from?.hundredths ?? 0, to: to?.hundredths ?? 0 }
    // The sentence carries the number, so that a count that grew is a change even when its step is the same.
    const same = value.from === value.to && hundredths.from === hundredths.to && from?.says === to?.says
    return same ? [] : [{ factor: shown.factor, axis: shown.axis, value, hundredths, says: shown.says }]
  })
}

function clockChanges(a: readonly ActBy[], b: readonly ActBy[]): ScoreDifferences['clocks'] {
  const names = [...new Set([...a, ...b].map((one) => one.clock))]
  const due = (clocks: readonly ActBy[], name: ActBy['clock']): string | null =>
    clocks.find((one) => one.clock === name)?.dueAt ?? null
  return names.flatMap((clock) => {
    const change = changed(due(a, clock), due(b, clock))
    return change === null ? [] : [{ clock, ...change }]
  })
}
