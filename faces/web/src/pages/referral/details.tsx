import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Place } from '../../ui/place.tsx'
import { OrNotSaid } from './facts.tsx'

type Detail = Referral['details'][number]

const columns: readonly Column<Detail>[] = [
  { id: 'kind', head: 'What', value: (detail) => detail.kind, cell: (detail) => <Safe text={detail.kind} /> },
  {
    id: 'value',
    head: 'As said',
    value: (detail) => detail.value,
    cell: (detail) =>
      detail.value === null ? (
        <span className="none">{detail.characters} characters, to be opened under Words</span>
      ) : (
        <OrNotSaid text={detail.value} place={detail.place} />
      ),
    grows: true,
  },
  {
    id: 'of',
    head: 'Of',
    value: (detail) => ofWhat(detail),
  },
  { id: 'place', head: 'Place', value: (detail) => detail.place, cell: (detail) => <Place of={detail.place} /> },
]

function ofWhat({ person, file }: Detail): string | null {
  if (person !== null) return `person ${person + 1}`
  return file === null ? null : `file ${file + 1}`
}

/** What the sender said in fields of its own: devices, payments, headers, columns of a table. */
export function Details({ of }: { of: readonly Detail[] }) {
  if (of.length === 0) return <p className="dim">Nothing more is said.</p>
  const rows = of.map((detail, index) => ({ ...detail, index }))
  return <DataTable name="Details of the referral" columns={columns} rows={rows} keyOf={({ index }) => String(index)} />
}
