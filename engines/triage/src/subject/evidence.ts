import type { TriageFacts } from '../facts.ts'
import { ownEpoch } from '../instants.ts'
import { readFacts, type TriageRemark } from '../reading.ts'
import { type Lane, type Line, type OpenGate, tally } from '../tally.ts'
import { tandem1 } from '../tandem-1.ts'
import type { WeightSet } from '../weight-set.ts'

/** What one referral says, read once: a subject is ranked from several of these. */
export interface ReferralEvidence {
  readonly weights: WeightSet
  readonly asOf: string
  readonly lane: Lane
  /** One for each axis a factor stands on, with what it gives alone. */
  readonly lines: readonly Line[]
  readonly openGates: readonly OpenGate[]
  readonly remarks: readonly TriageRemark[]
}

export function evidenceOf(
  facts: TriageFacts,
  context: { readonly now: string; readonly weights?: WeightSet },
): ReferralEvidence {
  const weights = context.weights ?? tandem1
  const reading = readFacts(facts, weights, ownEpoch(context.now, 'now'))
  const { lane, lines, openGates } = tally(reading.spoken, weights)
  return { weights, asOf: context.now, lane, lines, openGates, remarks: reading.remarks }
}
