import { Link } from '@tanstack/react-router'
import type { Subject } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Priority } from '../../ui/priority.tsx'
import { When } from '../../ui/when.tsx'

type Appearance = Subject['appearances'][number]

const columns: readonly Column<Appearance>[] = [
  {
    id: 'label',
    head: 'Appearance',
    value: ({ label }) => label,
    cell: ({ label, referral }) => (
      <Link to="/referral/$id" params={{ id: referral.id }}>
        {label}
      </Link>
    ),
  },
  {
    id: 'priority',
    head: 'P',
    value: ({ referral }) => referral.priority,
    cell: ({ referral }) => <Priority level={referral.priority} />,
  },
  { id: 'role', head: 'Told as', value: ({ role }) => role },
  {
    id: 'names',
    head: 'Names',
    value: ({ names }) => names.join(' / '),
    cell: ({ names }) =>
      names.length === 0 ? <span className="none">not said</span> : <Safe text={names.join(' / ')} />,
    grows: true,
  },
  {
    id: 'births',
    head: 'Born',
    value: ({ births }) => births.join(' / '),
    cell: ({ births }) =>
      births.length === 0 ? <span className="none">not said</span> : <Safe text={births.join(' / ')} />,
  },
  {
    id: 'sender',
    head: 'Sender',
    value: ({ referral }) => referral.sender,
    cell: ({ referral }) => <Safe text={referral.sender} />,
  },
  { id: 'state', head: 'State', value: ({ referral }) => referral.state },
  {
    id: 'at',
    head: 'Received (UTC)',
    value: ({ referral }) => referral.receivedAt,
    cell: ({ referral }) => <When short at={referral.receivedAt} />,
  },
]

export const Appearances = ({ of }: { of: readonly Appearance[] }) => (
  <DataTable name="Appearances" columns={columns} rows={of} keyOf={({ id }) => id} />
)
