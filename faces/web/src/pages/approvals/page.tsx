import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTitle } from '../../app/title.ts'
import { proposalsQuery } from '../../data/queries.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'
import { Change } from './change.tsx'
import { Settle } from './settle.tsx'

export function ApprovalsPage() {
  useTitle('Approvals')
  const query = useQuery(proposalsQuery)
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Approvals</h1>
        <p className="dim">What waits for a second person. Read the referral first; the number is typed as a check.</p>
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the proposals" />
      ) : query.data.proposals.length === 0 ? (
        <Empty title="Nothing waits for a second person." />
      ) : (
        <ul className="proposals">
          {query.data.proposals.map((each) => (
            <li key={each.id} className="card" aria-label={`Proposal on referral ${each.number}`}>
              <h2>
                <Link to="/referral/$id" params={{ id: each.referral }}>
                  Referral <span className="number">{each.number}</span>
                </Link>
                <span className="tag">{each.verb}</span>
                <Change of={each.change} />
              </h2>
              <p>
                <Safe text={each.reason} lines />
              </p>
              <p className="dim small-text">
                Proposed by <Safe text={each.by} />, <When at={each.at} />
              </p>
              <Settle proposal={each.id} number={each.number} mine={each.mine} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
