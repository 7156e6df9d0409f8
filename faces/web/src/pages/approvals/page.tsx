import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTitle } from '../../app/title.ts'
import { proposalsQuery } from '../../data/queries.ts'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { Change, proposedWords } from './change.tsx'
import { TwoPeople } from './proposal.tsx'

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
              <header className="proposal-head">
                <h2>
                  <Link to="/referral/$id" params={{ id: each.referral }}>
                    Referral <span className="number">{each.number}</span>
                  </Link>
                </h2>
                <b>{proposedWords(each.verb)}</b>
                <Change of={each.change} />
              </header>
              <TwoPeople of={each} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
