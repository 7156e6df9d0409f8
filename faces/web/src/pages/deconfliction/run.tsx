import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTitle } from '../../app/title.ts'
import { runQuery } from '../../data/queries.ts'
import type { RunShown } from '../../data/types.ts'
import { useActions } from '../../keyboard/perform.ts'
import { Safe } from '../../text/safe-text.tsx'
import { WholeHash } from '../../ui/place.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { Audits } from './audits.tsx'
import { Decide } from './decide.tsx'
import { Hits } from './hits.tsx'
import { Releases } from './releases.tsx'
import { stands } from './words.ts'

export function RunPage() {
  useTitle('Deconfliction run')
  const { id } = useParams({ from: '/deconfliction/$id' })
  const query = useQuery(runQuery(id))
  useActions({ 'show.refresh': () => void query.refetch() })
  return (
    <div className="sheet">
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the run" />
      ) : (
        <Run of={query.data} />
      )}
    </div>
  )
}

function Run({ of }: { of: RunShown }) {
  const { run, hits, releases, audits, commitment } = of
  return (
    <>
      <header className="sheet-head">
        <h1>
          {run.side === 'asker' ? 'We ask ' : 'Asked by '}
          <Safe text={run.peer} />
        </h1>
        <span className="tag">{stands(run)}</span>
        <span className="spread" />
        <Link to="/deconfliction">All runs</Link>
      </header>
      <Outcome of={run} />
      <Decide run={run} />
      {hits.length === 0 ? null : <Hits run={run} hits={hits} desk={of.desk ?? ''} />}
      {releases.length === 0 ? null : <Releases of={releases} />}
      <Section title="Terms">
        <Terms of={of} />
      </Section>
      {commitment === null ? null : (
        <Section title="Own list in the ledger">
          <p>
            {commitment.size} places, fixed before anything was compared. Root <WholeHash value={commitment.root} />
          </p>
        </Section>
      )}
      {audits.length === 0 ? null : <Audits of={audits} />}
    </>
  )
}

/** The words of the cell, whole. Progress while the machines compare. */
function Outcome({ of: { outcome, progress, state } }: { of: RunShown['run'] }) {
  if (outcome === null) {
    if (state !== 'running' || progress === null) return null
    return (
      <div className="outcome" role="status">
        <label htmlFor="run-progress">The machines compare: {`${progress.done} of ${progress.of} parts`}</label>
        <progress id="run-progress" className="run-progress" value={progress.done} max={progress.of} />
      </div>
    )
  }
  const hasHits = (outcome.hits ?? 0) > 0
  const title =
    outcome.is === 'no answer' ? 'No answer' : hasHits ? 'Hits' : outcome.hits === 0 ? 'No hits' : 'Answered'
  return (
    <section
      className={`outcome ${hasHits ? 'outcome-hits' : outcome.is === 'no answer' ? 'outcome-none' : ''}`}
      aria-label="Result"
    >
      <h2>{title}</h2>
      <p>{outcome.says}</p>
      {outcome.asked === null || outcome.held === null ? null : (
        <p className="dim">
          {outcome.asked} own entries against a list of {outcome.held} places, padded.
        </p>
      )}
      {outcome.alarms.map(({ code, says }) => (
        <p key={code} className="problem">
          <span aria-hidden="true" className="problem-sign">
            !
          </span>
          <span>Alarm: {says}</span>
        </p>
      ))}
    </section>
  )
}

function Terms({ of: { run, grid, desk, decision, theirPeople } }: { of: RunShown }) {
  const lines: readonly (readonly [string, React.ReactNode])[] = [
    ['Operation', <Safe key="o" text={run.operation} />],
    ['Authority', <Safe key="a" text={run.authority} />],
    ['Purpose', <Safe key="p" text={run.purpose} lines />],
    ['Kinds', run.kinds.join(', ')],
    ...(grid === null
      ? []
      : [['Events', `within ${grid.reachMetres} metres and ${grid.slotMinutes} minutes`] as const]),
    ['Greatest lists', `${run.mostAsked} asked, ${run.mostHeld} held (padded places)`],
    ['Own entries', run.entries === null ? 'none chosen yet' : String(run.entries)],
    ...theirPeople.map(
      ({ reference, role }) => [`Their ${role}`, <Safe key={reference} text={`reference ${reference}`} />] as const,
    ),
    ...(desk === null ? [] : [['Our desk', <Safe key="d" text={desk} />] as const]),
    [
      run.side === 'asker' ? 'Proposed' : 'Received',
      <span key="b">
        <Safe text={run.by} />, <When at={run.at} />
      </span>,
    ],
    ...(run.decidedBy === null || run.decidedAt === null
      ? []
      : [
          [
            'Decided here',
            <span key="s">
              <Safe text={run.decidedBy} />, <When at={run.decidedAt} />
            </span>,
          ] as const,
        ]),
    ...(decision === null ? [] : [['Reason of that', <Safe key="r" text={decision} lines />] as const]),
    ['Answer until', <When key="u" at={run.expiresAt} />],
  ]
  return (
    <dl className="run-terms">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
