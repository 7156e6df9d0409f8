import type { ResponseOf, show } from '@tandem/contract'
import { chaserOf, completenessOf, type ReferralRecord } from '@tandem/formats'

type Shown = ResponseOf<typeof show>['completeness']

export function presentCompleteness(record: ReferralRecord, number: number, receivedAt: string): Shown {
  const found = completenessOf(record)
  if (found === null) return null
  const { offence, score, answers } = found
  const chaser = chaserOf(found, { reference: record.reference, number, received: receivedAt.slice(0, 10) })
  return { offence, score, answers: answers.map(({ request: _, ...answer }) => answer), chaser }
}
