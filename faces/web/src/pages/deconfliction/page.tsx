import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { useTitle } from '../../app/title.ts'
import { runsQuery } from '../../data/queries.ts'
import type { RunLine } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'
import { Lookups } from './lookups.tsx'
import { NewRequest } from './request.tsx'
import { asksUs, stands, waitsHere } from './words.ts'

const columns: readonly Column<RunLine>[] = [
  {
    id: 'run',
    head: 'Run',
    value: (run) => run.id.slice(-8),
    cell: (run) => (
      <Link to="/deconfliction/$id" params={{ id: run.id }} className="number">
        {run.id.slice(-8)}
      </Link>
    ),
  },
  { id: 'side', head: 'Who asks', value: (run) => (asksUs(run) ? 'they ask us' : 'we ask') },
  { id: 'peer', head: 'Other agency', value: (run) => run.peer, cell: (run) => <Safe text={run.peer} /> },
  {
    id: 'stands',
    head: 'Stands',
    value: stands,
    cell: (run) => <span className={waitsHere(run) ? 'tag tag-strong' : 'tag'}>{stands(run)}</span>,
    grows: true,
  },
  { id: 'kinds', head: 'Kinds', value: (run) => run.kinds.join(', '), cut: true },
  { id: 'entries', head: 'Own entries', value: (run) => run.entries, align: 'end' },
  { id: 'by', head: 'By', value: (run) => run.by, cell: (run) => <Safe text={run.by} /> },
  { id: 'at', head: 'Since (UTC)', value: (run) => run.at, cell: (run) => <When short at={run.at} /> },
]

export function DeconflictionPage() {
  useTitle('Deconfliction')
  const query = useQuery(runsQuery)
  const { may } = useDesk()
  const [asking, setAsking] = useState(false)
  const peers = query.data?.peers ?? []
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Deconfliction</h1>
        <p className="dim">
          Does another agency hold an interest too? Both lists stay closed. No hits is not “nobody is interested”, and
          no answer says nothing at all.
        </p>
        <span className="spread" />
        {may.has('deconfliction.propose') && peers.length > 0 ? (
          <Button look="strong" onClick={() => setAsking(true)}>
            Ask another agency
          </Button>
        ) : null}
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the runs" />
      ) : query.data.runs.length === 0 ? (
        <Empty title="Nothing was asked yet, by nobody.">
          <p>
            {peers.length === 0
              ? 'This cell has agreed with no other agency yet.'
              : 'Ask before two teams meet at one door.'}
          </p>
        </Empty>
      ) : (
        <DataTable name="Deconfliction runs" columns={columns} rows={query.data.runs} keyOf={(run) => run.id} />
      )}
      <Lookups />
      {asking ? <NewRequest peers={peers} close={() => setAsking(false)} /> : null}
    </div>
  )
}
