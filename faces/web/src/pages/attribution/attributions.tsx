import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { attributionsQuery } from '../../data/queries.ts'
import type { Attribution } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'
import { CorrectDialog } from './correct.tsx'
import { Doubts } from './doubts.tsx'
import { SettleAttribution } from './settle.tsx'

/** Attributions of one referral. */
export function Attributions({ referral }: { referral: string }) {
  const query = useQuery(attributionsQuery(referral))
  if (query.isError) return <Unread error={query.error} again={() => void query.refetch()} />
  if (query.data === undefined) return <Loading what="the attributions" />
  const { attributions } = query.data
  if (attributions.length === 0)
    return <p className="dim">Nobody is attributed. Start from a use of an address under People.</p>
  return (
    <ul className="plain-list">
      {attributions.map((each) => (
        <li key={each.id}>
          <AttributionCard of={each} />
        </li>
      ))}
    </ul>
  )
}

/** Error and doubts stand before whom it names: a name never stands alone. */
export function AttributionCard({ of }: { of: Attribution }) {
  const { may } = useDesk()
  const [correcting, setCorrecting] = useState(false)
  return (
    <article className="card" aria-label={`Attribution on referral ${of.number}`}>
      {of.inError ? <Errors of={of} /> : null}
      <p>
        <b>{of.state === 'proposed' ? 'Waits for a second person' : of.state}</b>
        {of.inError ? <span className="tag tag-bars">in error</span> : null}
      </p>
      <Doubts of={of.doubts} />
      {of.stale ? (
        <p role="status">It would be judged otherwise now: it cannot be cleared. Refuse it and propose it anew.</p>
      ) : null}
      <p>
        {of.attributed === null ? (
          <span className="none">nobody named</span>
        ) : (
          <Safe text={[of.attributed.name, of.attributed.address].filter((each) => each !== null).join(', ')} />
        )}
        <span className="dim small-text">
          {' '}
          {of.use === null ? 'use of an address: erased by law' : <UseWords of={of.use} />}
          {of.answer === null ? '; no answer in the cell' : `; answer: referral ${of.answer.number}`}
        </span>
      </p>
      <ol className="two-people">
        <li>
          <p className="dim small-text">
            Proposed by <Safe text={of.by} />, <When at={of.at} />
          </p>
          <p className="history-reason">
            <Safe text={of.reason} lines />
          </p>
          {of.override === null ? null : (
            <p className="history-reason">
              In spite of doubts: <Safe text={of.override} lines />
            </p>
          )}
        </li>
        <li>
          {of.settled === null ? (
            may.has('attribution.settle') ? (
              <SettleAttribution of={of} />
            ) : (
              <p className="dim">Waits for the second person.</p>
            )
          ) : (
            <>
              <p className="dim small-text">
                {of.state === 'refused' ? 'Refused' : 'Cleared'} by <Safe text={of.settled.by} />,{' '}
                <When at={of.settled.at} />
              </p>
              <p className="history-reason">
                <Safe text={of.settled.reason} lines />
              </p>
            </>
          )}
        </li>
      </ol>
      {may.has('attribution.correct') ? (
        <Button look="quiet" className="attribute" onClick={() => setCorrecting(true)}>
          It was wrong …
        </Button>
      ) : null}
      {correcting ? <CorrectDialog of={of} close={() => setCorrecting(false)} /> : null}
    </article>
  )
}

function UseWords({ of }: { of: NonNullable<Attribution['use']> }) {
  return (
    <>
      from the use of <code>{<Safe text={of.address} />}</code>, {of.port === null ? 'no port' : `port ${of.port}`},{' '}
      <Safe text={of.time?.instant ?? of.time?.original ?? 'no time'} />
    </>
  )
}

function Errors({ of }: { of: Attribution }) {
  return (
    <div className="in-error" role="note" aria-label="Error record">
      <b>In error: not to be acted on.</b>
      {of.errors.map((error) => (
        <div key={error.id}>
          <p>
            <Safe text={error.what} lines />
          </p>
          <p className="small-text">
            Cause: <Safe text={error.cause} /> Impact: <Safe text={error.impact} /> Told:{' '}
            {error.told.length === 0 ? 'nobody yet' : <Safe text={error.told.join('; ')} />}
          </p>
          <p className="dim small-text">
            {error.grading}; <Safe text={error.by} />, <When at={error.at} />
          </p>
        </div>
      ))}
    </div>
  )
}
