import { Link } from '@tanstack/react-router'
import type { Referral } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Countdown, When } from '../../ui/when.tsx'
import { Change, proposedWords } from '../approvals/change.tsx'
import { TwoPeople } from '../approvals/proposal.tsx'
import { TrackButtons } from '../safeguarding/track.tsx'

export function Tracks({ of, number }: { of: Referral['safeguarding']; number: number }) {
  if (of.length === 0) return <p className="dim">Not referred to safeguarding.</p>
  return (
    <ul className="plain-list">
      {of.map((track) => (
        <li key={track.id} className="track">
          <p>
            <Safe text={track.need} lines />
          </p>
          <p className="dim small-text">
            <Safe text={track.by} />, <When at={track.at} />
          </p>
          {track.closedAt !== null ? (
            <p>
              Closed <When at={track.closedAt} />: <Safe text={track.outcome ?? 'no outcome given'} />
            </p>
          ) : (
            <p className="track-line">
              {track.acknowledgedAt === null ? (
                <>
                  First contact due <Countdown to={track.dueAt} />
                </>
              ) : (
                <>
                  Acknowledged by <Safe text={track.acknowledgedBy ?? 'someone'} />, <When at={track.acknowledgedAt} />
                </>
              )}
              <span className="spread" />
              <TrackButtons id={track.id} number={number} acknowledged={track.acknowledgedAt !== null} />
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

export function Proposals({ of, number }: { of: Referral['proposals']; number: number }) {
  return (
    <ul className="plain-list">
      {of.map((each) => (
        <li key={each.id}>
          <p className="proposal-head">
            <b>{proposedWords(each.verb)}</b> <Change of={each.change} />
          </p>
          <TwoPeople of={{ ...each, number }} />
        </li>
      ))}
    </ul>
  )
}

export function Notes({ of }: { of: Referral['notes'] }) {
  if (of.length === 0) return <p className="dim">No notes.</p>
  return (
    <ul className="plain-list">
      {of.map((note) => (
        <li key={note.id}>
          <p>
            <Safe text={note.text} lines />
          </p>
          <p className="dim small-text">
            <Safe text={note.by} />, <When at={note.at} />
          </p>
        </li>
      ))}
    </ul>
  )
}

export function Related({ id, of }: { id: string; of: Referral['related'] }) {
  if (of.length === 0) return <p className="dim">No supplement, fold or merge.</p>
  return (
    <ul className="plain-list related">
      {of.map((each) => (
        <li key={`${each.how} ${each.id}`}>
          <span className="dim">{each.how}</span>{' '}
          <Link to="/referral/$id" params={{ id: each.id }} className="number" title={revealed(each.because)}>
            {each.number}
          </Link>{' '}
          <Link to="/compare/$one/$other" params={{ one: id, other: each.id }} className="small-text">
            side by side<span className="unseen-caption"> with {each.number}</span>
          </Link>{' '}
          <span className="dim small-text">
            <Safe text={each.because} />
          </span>
        </li>
      ))}
    </ul>
  )
}
