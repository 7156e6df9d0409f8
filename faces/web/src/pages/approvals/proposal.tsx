import type { Proposal } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { When } from '../../ui/when.tsx'
import { Settle } from './settle.tsx'

type Shown = Pick<Proposal, 'id' | 'number' | 'by' | 'at' | 'reason' | 'mine'>

/** The words of the first person, and under them the place of the second: two voices, never mixed. */
export function TwoPeople({ of }: { of: Shown }) {
  return (
    <ol className="two-people">
      <li>
        <p className="dim small-text">
          Proposed by <Safe text={of.by} />, <When at={of.at} />
        </p>
        <p className="history-reason">
          <Safe text={of.reason} lines />
        </p>
      </li>
      <li>
        <Settle proposal={of.id} number={of.number} mine={of.mine} />
      </li>
    </ol>
  )
}
