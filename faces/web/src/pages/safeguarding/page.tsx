import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTitle } from '../../app/title.ts'
import { tracksQuery } from '../../data/queries.ts'
import type { Track } from '../../data/types.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { Countdown, When } from '../../ui/when.tsx'
import { TrackButtons } from './track.tsx'

const columns: readonly Column<Track>[] = [
  {
    id: 'number',
    head: 'Referral',
    value: (track) => track.number,
    align: 'end',
    cell: (track) => (
      <Link to="/referral/$id" params={{ id: track.referral }} className="number">
        {track.number}
      </Link>
    ),
  },
  {
    id: 'clock',
    head: 'First contact',
    value: (track) => track.dueAt,
    cell: (track) =>
      track.acknowledgedAt === null ? <Countdown to={track.dueAt} /> : <span className="dim">made</span>,
  },
  { id: 'due', head: 'Due (UTC)', value: (track) => track.dueAt, cell: (track) => <When short at={track.dueAt} /> },
  {
    id: 'acknowledged',
    head: 'Acknowledged (UTC)',
    value: (track) => track.acknowledgedAt,
    cell: (track) =>
      track.acknowledgedAt === null ? <span className="none">not yet</span> : <When short at={track.acknowledgedAt} />,
    grows: true,
  },
  {
    id: 'do',
    head: 'Steps',
    pinned: true,
    value: (track) => (track.acknowledgedAt === null ? 'waits' : 'acknowledged'),
    cell: (track) => <TrackButtons id={track.id} number={track.number} acknowledged={track.acknowledgedAt !== null} />,
  },
]

export function SafeguardingPage() {
  useTitle('Safeguarding')
  const query = useQuery(tracksQuery)
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Safeguarding</h1>
        <p className="dim">Open tracks, the most urgent clock first. A referral cannot close its track.</p>
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the tracks" />
      ) : query.data.tracks.length === 0 ? (
        <Empty title="No safeguarding track is open." />
      ) : (
        <DataTable
          name="Open safeguarding tracks"
          columns={columns}
          rows={query.data.tracks}
          keyOf={(track) => track.id}
          rowClass={(track) => (track.overdue ? 'urgent-row' : '')}
        />
      )}
    </div>
  )
}
