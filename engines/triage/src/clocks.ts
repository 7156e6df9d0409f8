import type { Priority } from '@tandem/core'
import type { TriageFacts } from './facts.ts'
import { ownEpoch, plusMinutes, plusYears, toInstant } from './instants.ts'
import { readInstant } from './reading.ts'
import type { ClockRules } from './weight-set.ts'

export interface ActBy {
  readonly clock: 'first decision' | 'safeguarding referral' | 'provider data'
  /** RFC 3339 in UTC; null when the start of the clock is not known. */
  readonly dueAt: string | null
  /** Already over at the `now` of this computation. */
  readonly passed: boolean
  readonly says: string
  readonly rule: string
}

/** Call again with the effective priority when a person has confirmed another one. */
export function actByClocks(of: {
  readonly priority: Priority
  readonly facts: TriageFacts
  readonly receivedAt: string
  readonly now: string
  readonly rules: ClockRules
}): readonly ActBy[] {
  const { priority, facts, rules } = of
  const received = ownEpoch(of.receivedAt, 'receivedAt')
  const now = ownEpoch(of.now, 'now')
  const clock = (name: ActBy['clock'], due: number | null, says: string, rule: string): ActBy => ({
    clock: name,
    dueAt: due === null ? null : toInstant(due),
    passed: due !== null && due < now,
    says,
    rule,
  })
  const firstMinutes = rules.firstDecisionMinutes[priority]
  const clocks = [
    clock(
      'first decision',
      plusMinutes(received, firstMinutes),
      `${priority}: a person decides within ${inWords(firstMinutes)} of receipt.`,
      rules.sources.firstDecision,
    ),
  ]
  if (priority !== 'P3') {
    const minutes = rules.safeguardingMinutes[priority]
    clocks.push(
      clock(
        'safeguarding referral',
        plusMinutes(received, minutes),
        `${priority}: safeguarding is told, or the reason why not is recorded, within ${inWords(minutes)} of receipt.`,
        rules.sources.safeguarding,
      ),
    )
  }
  const stated = readInstant(facts, 'dataExpiryAt')
  const detected = readInstant(facts, 'detectedAt')
  const counted = detected === null ? null : plusYears(detected, rules.providerDataYears)
  const says =
    stated !== null
      ? 'The provider stated until when it keeps the data.'
      : counted !== null
        ? 'The provider keeps the data for one year from detection.'
        : 'Until when the provider keeps the data is not known: ask the sender.'
  return [...clocks, clock('provider data', stated ?? counted, says, rules.sources.providerData)]
}

function inWords(minutes: number): string {
  if (minutes % 1440 === 0 && minutes > 1440) return `${minutes / 1440} days`
  if (minutes % 60 === 0 && minutes > 60) return `${minutes / 60} hours`
  return `${minutes} minutes`
}
