import { createHash } from 'node:crypto'
import { canonicalScore, orderKey, triage } from '@tandem/triage'
import fc from 'fast-check'
import { anyFacts, context } from './cases.ts'

/** One digest over 300 seeded referrals, for comparison with another machine. */
export function digestOfSample(): string {
  const hash = createHash('sha256')
  fc.sample(anyFacts, { seed: 2026, numRuns: 300 }).forEach((facts, index) => {
    const score = triage(facts, context)
    const { receivedAt } = context
    const key = orderKey(score, { effective: score.untilConfirmed, clocks: score.actBy, receivedAt, id: String(index) })
    hash.update(canonicalScore(score)).update('\n').update(key).update('\n')
  })
  return hash.digest('hex')
}

if (process.argv[1] === import.meta.filename) console.log(digestOfSample())
