import type { RunLine } from '../../data/types.ts'

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
