import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTitle } from '../../app/title.ts'
import { deliveriesQuery } from '../../data/queries.ts'
import type { Delivery } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { count } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'
import { OneDelivery } from './one.tsx'

export const adds = ({ account }: Delivery): boolean =>
  account.records === account.accepted + account.remarked + account.setAside

export function DeliveriesPage() {
  useTitle('Intake')
  const query = useQuery(deliveriesQuery)
  const [open, setOpen] = useState<string | null>(null)
  const columns = useMemo(() => columnsFor(setOpen), [])
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Intake</h1>
        <p className="dim">Every delivery with its account: records = accepted + remarked + set aside.</p>
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the deliveries" />
      ) : query.data.deliveries.length === 0 ? (
        <Empty title="Nothing has been delivered yet." />
      ) : (
        <DataTable name="Recent deliveries" columns={columns} rows={query.data.deliveries} keyOf={(each) => each.id} />
      )}
      {open === null ? null : <OneDelivery id={open} close={() => setOpen(null)} />}
    </div>
  )
}

/** What went as it should is quiet; what waits or was refused stands out. */
const stateClass: Readonly<Record<Delivery['state'], string>> = {
  read: 'tag',
  received: 'tag',
  'awaiting authority': 'tag tag-alarm',
  refused: 'tag tag-alarm',
  repeat: 'tag',
}

const columnsFor = (open: (id: string) => void): readonly Column<Delivery>[] => [
  {
    id: 'name',
    head: 'Delivery',
    value: (each) => each.name,
    grows: true,
    cell: (each) => (
      <>
        <Button look="quiet" className="cell-button" onClick={() => open(each.id)}>
          <Safe text={each.name} />
        </Button>
        {each.reason === null ? null : (
          <div className="cell-reason">
            <Safe text={each.reason.says} />
          </div>
        )}
      </>
    ),
  },
  {
    id: 'state',
    head: 'State',
    value: (each) => each.state,
    cell: (each) => <span className={stateClass[each.state]}>{each.state}</span>,
  },
  {
    id: 'received',
    head: 'Received (UTC)',
    value: (each) => each.receivedAt,
    cell: (each) => <When short at={each.receivedAt} />,
  },
  {
    id: 'sender',
    head: 'Sender',
    value: (each) => each.sender,
    cell: (each) => <Safe text={each.sender} />,
    cut: true,
  },
  {
    id: 'records',
    head: 'Records',
    value: (each) => each.account.records,
    cell: (each) => count(each.account.records),
    align: 'end',
  },
  {
    id: 'accepted',
    head: 'Accepted',
    value: (each) => each.account.accepted,
    cell: (each) => count(each.account.accepted),
    align: 'end',
  },
  {
    id: 'remarked',
    head: 'Remarked',
    value: (each) => each.account.remarked,
    cell: (each) => count(each.account.remarked),
    align: 'end',
  },
  {
    id: 'aside',
    head: 'Set aside',
    value: (each) => each.account.setAside,
    cell: (each) => count(each.account.setAside),
    align: 'end',
  },
  {
    id: 'adds',
    head: 'Adds up',
    value: (each) => (adds(each) ? 'yes' : 'no'),
    cell: (each) => (adds(each) ? '✓ yes' : <span className="tag tag-alarm">no</span>),
  },
  { id: 'stripped', head: 'Stripped', value: (each) => each.stripped.length, align: 'end' },
  {
    id: 'format',
    head: 'Format',
    value: (each) => each.format,
    cell: (each) => each.format ?? <span className="none">not known</span>,
  },
  { id: 'lane', head: 'Lane', value: (each) => each.lane, cell: (each) => <Safe text={each.lane} />, cut: true },
  { id: 'bytes', head: 'Bytes', value: (each) => each.length, cell: (each) => count(each.length), align: 'end' },
  {
    id: 'reason',
    head: 'Reason',
    value: (each) => (each.reason === null ? null : `${each.reason.says} (${each.reason.code})`),
    cell: (each) => (each.reason === null ? <span className="none">–</span> : each.reason.code),
  },
]
