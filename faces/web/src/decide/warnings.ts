import type { QueueItem } from '../data/types.ts'
import { utc } from '../text/time.ts'
import type { Said } from './decide.ts'
import type { Verb } from './verbs.ts'

const endsAsNothing = (verb: Verb, outcome: Said['outcome']): boolean =>
  verb === 'decline' || (verb === 'close' && (outcome === 'no further action' || outcome === 'not an offence'))

/** What the cell will not do, or what the clocks will show: said before an officer writes a reason, not after. */
export function warningOf(verb: Verb, items: readonly QueueItem[], said: Said): string | null {
  const [only] = items
  if (endsAsNothing(verb, said.outcome)) {
    const urgent = items.filter((item) => item.priority.effective === 'P1')
    if (urgent.length > 0) {
      return items.length === 1
        ? 'This is a P1: one person does not end it. Propose a lower priority first, or close it as passed on.'
        : `${urgent.length} of ${items.length} are P1: one person does not end them, and the cell will refuse those.`
    }
  }
  if (verb === 'hold' && said.until !== '') {
    const over = items.filter((item) => item.actBy !== null && item.actBy < said.until)
    if (over.length > 0 && only !== undefined) {
      return over.length === 1 && items.length === 1
        ? `Its clock to act ends before that, at ${utc(over[0]?.actBy ?? '')}: it will come back overdue.`
        : `${over.length} of ${items.length} will come back overdue: their clocks to act end before that.`
    }
  }
  if (verb === 'priority' && only !== undefined) {
    const lowers = items.filter((item) => item.priority.effective === 'P1' && said.to !== 'P1')
    if (lowers.length > 0) return 'Lowering from P1 becomes a proposal that a second person approves.'
  }
  return null
}
