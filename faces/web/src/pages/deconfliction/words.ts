import type { GrantLine, LookupLine, RunLine } from '../../data/types.ts'

/** Where a run stands. An answer without hits and no answer are never one word, and neither is "clear". */
export function stands({ side, state, outcome, progress, expired, mine }: RunLine): string {
  if (outcome?.is === 'no answer') return 'no answer'
  if (outcome?.is === 'answered') {
    if (outcome.hits === null) return 'answered'
    return outcome.hits === 0 ? 'answered, no hits' : `answered, ${outcome.hits} ${outcome.hits === 1 ? 'hit' : 'hits'}`
  }
  if (expired && (state === 'proposed' || state === 'received')) return 'expired'
  if (state === 'proposed') return mine ? 'waits for a second person' : 'waits for you as second person'
  if (state === 'received') return 'waits for a decision here'
  if (state === 'waiting') return 'sent: their people decide'
  if (state === 'running') return progress === null ? 'running' : `running, ${progress.done} of ${progress.of}`
  return side === 'asker' ? 'refused here' : 'refused by us'
}

export const asksUs = ({ side }: RunLine): boolean => side === 'holder'

/** Somebody here has something to do. */
export const waitsHere = ({ state, mine, expired }: RunLine): boolean =>
  !expired && (state === 'received' || (state === 'proposed' && !mine))

/** Where a grant of single lookups stands. */
export function grantStands({ side, state, expired, mine, left, lookups }: GrantLine): string {
  if (expired && state !== 'refused' && state !== 'ended') return 'expired'
  if (state === 'proposed') return mine ? 'waits for a second person' : 'waits for you as second person'
  if (state === 'received') return 'waits for a decision here'
  if (state === 'waiting') return 'sent: their people decide'
  if (state === 'in force') return `in force, ${left} of ${lookups} left`
  return state === 'refused' ? (side === 'asker' ? 'refused here' : 'refused by us') : 'ended'
}

/** Never one word for a miss and for silence, and neither is "clear". */
export const answerStands = ({ answer }: Pick<LookupLine, 'answer'>): string =>
  answer === 'held' ? 'Held' : answer === 'not in their list' ? 'Not in their list' : 'No answer'
