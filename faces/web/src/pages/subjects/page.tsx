import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTitle } from '../../app/title.ts'
import { type SubjectView, subjectsQuery } from '../../data/queries.ts'
import type { RankedSubject } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { axisNumber } from '../../ui/axis.tsx'
import { Button } from '../../ui/button.tsx'
import { Choices } from '../../ui/field.tsx'
import { Priority } from '../../ui/priority.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'

/** Who is looked at first, and why: reasons stand before the number, because who sees a number first looks less. */
export function SubjectsPage() {
  useTitle('Subjects')
  const [view, setView] = useState<SubjectView>('linked')
  const query = useInfiniteQuery(subjectsQuery(view))
  const rows = query.data?.pages.flatMap(({ subjects }) => subjects) ?? []
  const counts = query.data?.pages[0]?.counts
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Subjects</h1>
        <p className="dim">
          People who were reported, as the referrals tell of them, the most pressing first. The order arranges work: it
          is no evidence and no ground for action.
        </p>
        <Choices
          label="Show"
          name="view"
          value={view}
          change={setView}
          options={[
            { value: 'linked', says: `in several referrals${counts === undefined ? '' : ` (${counts.linked})`}` },
            { value: 'all', says: `everybody reported${counts === undefined ? '' : ` (${counts.all})`}` },
          ]}
        />
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the subjects" />
      ) : rows.length === 0 ? (
        <Empty title={view === 'linked' ? 'Nobody is told of in several referrals.' : 'Nobody was reported yet.'} />
      ) : (
        <>
          <ol className="subject-list" aria-label="Subjects in their order">
            {rows.map((row) => (
              <Row key={row.id} of={row} />
            ))}
          </ol>
          {query.hasNextPage ? (
            <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
              Show more
            </Button>
          ) : null}
        </>
      )}
    </div>
  )
}

function Row({ of }: { of: RankedSubject }) {
  return (
    <li className="subject-row">
      <span className="subject-row-head">
        <Priority level={of.priority} />
        <Link to="/subject/$id" params={{ id: of.id }} className="subject-name">
          {of.label}
        </Link>
        <span className="dim">{many(of.appearances, 'appearance')}</span>
        {of.unread === 'read' ? null : <span className="tag">{of.unread === 'new' ? 'not read' : 'changed'}</span>}
      </span>
      <ul className="plain-list subject-reasons">
        {of.gates.map((gate) => (
          <li key={gate}>
            <b>
              <Safe text={gate} />
            </b>
          </li>
        ))}
        {of.reasons.map((reason) => (
          <li key={`${reason.kind} ${reason.factor} ${reason.axis}`}>
            <Safe text={reason.says} />{' '}
            {reason.axis === null ? null : <span className="dim small-text">{reason.axis} </span>}
            <span className="dim number">{axisNumber(reason.hundredths)}</span>
          </li>
        ))}
      </ul>
      <span className="subject-rank">
        <span className="dim">rank</span> <span className="number">{axisNumber(of.rank)}</span>
      </span>
    </li>
  )
}
