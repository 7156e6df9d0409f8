import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTitle } from '../../app/title.ts'
import { attributionsQuery, proposalsQuery } from '../../data/queries.ts'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { AttributionCard } from '../attribution/attributions.tsx'
import { Change, proposedWords } from './change.tsx'
import { TwoPeople } from './proposal.tsx'

export function ApprovalsPage() {
  useTitle('Approvals')
  const query = useQuery(proposalsQuery)
  const waiting = useQuery(attributionsQuery())
  const attributions = waiting.data?.attributions ?? []
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Approvals</h1>
        <p className="dim">What waits for a second person. Read the referral first; the number is typed as a check.</p>
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined || (waiting.data === undefined && !waiting.isError) ? (
        <Loading what="the proposals" />
      ) : query.data.proposals.length + attributions.length === 0 ? (
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
          {attributions.map((each) => (
            <li key={each.id}>
              <header className="proposal-head">
                <h2>
                  <Link to="/referral/$id" params={{ id: each.referral }}>
                    Referral <span className="number">{each.number}</span>
                  </Link>
                </h2>
                <b>Whose line it was</b>
              </header>
              <AttributionCard of={each} />
            </li>
          ))}
        </ul>
      )}
      {waiting.isError ? <Unread error={waiting.error} again={() => void waiting.refetch()} /> : null}
    </div>
  )
}
