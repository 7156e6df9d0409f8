import type { Evidence, Priority } from '@tandem/core'
import type { OpenGate } from '../tally.ts'
import type { Axis, Hundredths, WeightSet } from '../weight-set.ts'
import type { ReferralEvidence } from './evidence.ts'
import { afterLook, chooseLook, type LookChoice, type LookModel, usualLook } from './look.ts'
import { type PooledLine, poolLines, type Thousandths } from './pool.ts'

export interface LinkedReferral {
  readonly id: string
  readonly evidence: ReferralEvidence
  /** How sure it is that this referral is about the subject; 1000 for the one the subject was made from. */
  readonly link: Thousandths
  /** A person has looked at it and found nothing to act on. */
  readonly lookedAt: boolean
  /** Until the provider deletes what it holds; left out or null when that is not known. */
  readonly hoursLeft?: number | null
}

/** One reason in the rank of a subject. The hundredths of all reasons add up to the rank, exactly. */
export interface SubjectReason {
  readonly kind: 'factor' | 'looked at before' | 'perishes' | 'worth of a look' | 'never below itself'
  readonly factor: string | null
  readonly axis: Axis | null
  readonly hundredths: Hundredths
  readonly says: string
  readonly from: readonly { readonly id: string; readonly evidence: readonly Evidence[] }[]
  readonly because: string | null
}

export interface SubjectScore {
  readonly method: 'tandem-triage-subject/1'
  readonly weightSetId: string
  readonly reasons: readonly SubjectReason[]
  readonly rank: Hundredths
  readonly childUrgency: Hundredths
  readonly offenderDanger: Hundredths
  /** Gates of referrals nobody has looked at yet: no number outweighs them. */
  readonly openGates: readonly OpenGate[]
  readonly priority: Priority
  /** What to look at next, in this order; empty when everything was looked at. */
  readonly look: LookChoice & { readonly ids: readonly string[] }
}

/** The rank of a person by all referrals linked to that person: a pure function of their factors, links and looks. */
export function rankSubject(referrals: readonly LinkedReferral[], look: LookModel = usualLook): SubjectScore {
  const weights = weightsOf(referrals)
  const protects = referrals.some(({ evidence, link }) => evidence.lane === 'child suspect' && link >= 500)
  const strongestFirst = referrals
    .map((referral) => ({ ...referral, own: ownSum(referral, protects) }))
    .sort(
      (a, b) => Number(a.lookedAt) - Number(b.lookedAt) || b.own * b.link - a.own * a.link || (a.id < b.id ? -1 : 1),
    )
  const pooled = poolLines(
    strongestFirst.map(({ id, link, evidence }) => ({ id, link, lines: evidence.lines })),
    weights,
    look.tells,
  ).map((line) => (protects && line.axis === 'offender danger' ? silenced(line) : line))
  const open = strongestFirst
    .filter(({ lookedAt }) => !lookedAt)
    .sort((a, b) => b.link - a.link || b.own - a.own || (a.id < b.id ? -1 : 1))
  const choice = chooseLook(
    open.map(({ link }) => link),
    look,
  )
  const together = [...pooled.map(factorReason), ...perishes(open), ...lookedReasons(referrals, look), ...worth(choice)]
  const alone = strongestAlone(referrals, open, look)
  const byItself = alone !== null && alone.rank > total(together)
  const reasons = byItself ? [...together, neverBelow(alone, total(together))] : together
  const sum = (axis: Axis): Hundredths =>
    pooled.reduce((added, line) => added + (line.axis === axis ? line.hundredths : 0), 0)
  const openGates = gatesOf(open)
  return {
    method: 'tandem-triage-subject/1',
    weightSetId: weights.id,
    reasons,
    rank: total(reasons),
    childUrgency: sum('child urgency'),
    offenderDanger: sum('offender danger'),
    openGates,
    priority: priorityOf(openGates, sum, weights),
    look: byItself
      ? { ...alone.choice, ids: [alone.id] }
      : { ...choice, ids: open.slice(0, choice.referrals).map(({ id }) => id) },
  }
}

function weightsOf(referrals: readonly LinkedReferral[]): WeightSet {
  const [first] = referrals
  if (first === undefined) throw new TypeError('a subject has at least one referral')
  const other = referrals.find(({ evidence }) => evidence.weights.id !== first.evidence.weights.id)
  if (other !== undefined) throw new TypeError('referrals of one subject are read with one weight set')
  return first.evidence.weights
}

const ownSum = ({ evidence }: LinkedReferral, protects: boolean): Hundredths =>
  evidence.lines.reduce((sum, { axis, counted }) => sum + (protects && axis === 'offender danger' ? 0 : counted), 0)

const total = (reasons: readonly SubjectReason[]): Hundredths =>
  reasons.reduce((sum, { hundredths }) => sum + hundredths, 0)

interface Alone {
  readonly id: string
  readonly rank: Hundredths
  readonly choice: LookChoice
}

/**
 * A link may be wrong, so it never sinks a referral below what that referral says by itself: less only what looks at
 * referrals linked to it have shown, by how sure those links are.
 */
function strongestAlone(
  referrals: readonly LinkedReferral[],
  open: readonly (LinkedReferral & { readonly own: Hundredths })[],
  look: LookModel,
): Alone | null {
  const choice = chooseLook([1000], look)
  const looked = referrals.filter(({ lookedAt }) => lookedAt)
  let best: Alone | null = null
  for (const { id, own, link } of open) {
    const shown = looked.reduce((sum, other) => sum + afterLook(Math.trunc((link * other.link) / 1000), look), 0)
    const rank = own + shown + choice.hundredths
    if (best === null || rank > best.rank) best = { id, rank, choice }
  }
  return best
}

const neverBelow = ({ id, rank }: Alone, together: Hundredths): SubjectReason => ({
  kind: 'never below itself',
  factor: null,
  axis: null,
  hundredths: rank - together,
  says: 'One referral says more by itself than the links leave to it; it keeps its own place.',
  from: [{ id, evidence: [] }],
  because: null,
})

const silenced = (line: PooledLine): PooledLine => ({
  ...line,
  hundredths: 0,
  because: 'Child-suspect lane: offender danger is not scored.',
})

function factorReason(line: PooledLine): SubjectReason {
  const value =
    line.hundredths === 0 && line.from.length === 0
      ? 'not said'
      : line.hundredths < 0 && line.rule.kind === 'risk'
        ? 'no'
        : 'yes'
  return {
    kind: 'factor',
    factor: line.rule.factor,
    axis: line.axis,
    hundredths: line.hundredths,
    says: line.rule.says[value].replace('{n}', 'so many'),
    from: line.from,
    because: line.because,
  }
}

function lookedReasons(referrals: readonly LinkedReferral[], look: LookModel): SubjectReason[] {
  const looked = referrals.filter(({ lookedAt }) => lookedAt)
  if (looked.length === 0) return []
  return [
    {
      kind: 'looked at before',
      factor: null,
      axis: null,
      hundredths: looked.reduce((sum, { link }) => sum + afterLook(link, look), 0),
      says: `${looked.length} of ${referrals.length} referrals were looked at and showed nothing to act on.`,
      from: looked.map(({ id }) => ({ id, evidence: [] })),
      because: null,
    },
  ]
}

function worth(choice: LookChoice): SubjectReason[] {
  if (choice.referrals === 0) return []
  const what = choice.referrals === 1 ? 'One referral' : `${choice.referrals} referrals together`
  return [
    {
      kind: 'worth of a look',
      factor: null,
      axis: null,
      hundredths: choice.hundredths,
      says: `${what}: shows a danger that is there in ${choice.shows} of 1000, for ${choice.cost} thousandths of the cost of one.`,
      from: [],
      because: null,
    },
  ]
}

/** Our choice: what a provider deletes within days hurries, apart from how grave it is. */
const perishable = [
  { hours: 72, hundredths: 75 },
  { hours: 14 * 24, hundredths: 25 },
] as const

function perishes(open: readonly LinkedReferral[]): SubjectReason[] {
  const first = open.reduce<number | null>((least, { hoursLeft = null }) => {
    return hoursLeft === null || hoursLeft < 0 || (least !== null && least <= hoursLeft) ? least : hoursLeft
  }, null)
  const step = perishable.find(({ hours }) => first !== null && first <= hours)
  if (step === undefined) return []
  return [
    {
      kind: 'perishes',
      factor: null,
      axis: null,
      hundredths: step.hundredths,
      says: `A provider deletes what it holds within ${step.hours / 24} days.`,
      from: open.filter(({ hoursLeft }) => hoursLeft === first).map(({ id }) => ({ id, evidence: [] })),
      because: null,
    },
  ]
}

function priorityOf(gates: readonly OpenGate[], sum: (axis: Axis) => Hundredths, weights: WeightSet): Priority {
  for (const level of ['P1', 'P2'] as const) {
    if (gates.some(({ priority }) => priority === level)) return level
    if (weights.thresholds.some(({ priority, axis, atLeast }) => priority === level && sum(axis) >= atLeast))
      return level
  }
  return 'P3'
}

function gatesOf(open: readonly LinkedReferral[]): OpenGate[] {
  const gates = new Map<string, OpenGate>()
  for (const { evidence } of open) for (const gate of evidence.openGates) gates.set(gate.factor, gate)
  return [...gates.values()]
}
