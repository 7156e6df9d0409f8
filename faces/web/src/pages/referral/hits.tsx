import { useMemo, useState } from 'react'
import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Hash, Place } from '../../ui/place.tsx'
import { Ago } from '../../ui/when.tsx'
import { HitExplained } from './hit-explained.tsx'

type Hit = Referral['hits'][number]

const categoryOf = (hit: Hit): string => (hit.category === null ? '' : `${hit.category.value} (${hit.category.scheme})`)

function Category({ hit }: { hit: Hit }) {
  return hit.category === null ? (
    <span className="none">none given</span>
  ) : (
    <>
      <b>
        <Safe text={hit.category.value} />
      </b>{' '}
      <span className="dim">
        <Safe text={hit.category.scheme} />
      </span>
    </>
  )
}

/** A withdrawn hit stays in sight, struck, with the reason: it may have moved someone before. */
function Ended({ hit }: { hit: Hit }) {
  if (hit.replaced) return <span className="withdrawn">Older version of the list; counts for nothing</span>
  if (!hit.withdrawn) return null
  return (
    <span className="withdrawn">
      Withdrawn{hit.withdrawReason === null ? '' : ': '}
      {hit.withdrawReason === null ? null : <Safe text={hit.withdrawReason} />}
    </span>
  )
}

export function HitLines({ hits }: { hits: readonly Hit[] }) {
  if (hits.length === 0)
    return <p className="dim">No file of it is on a list held here. That does not make it less urgent.</p>
  return (
    <ul className="plain-list">
      {hits.slice(0, 6).map((hit) => (
        <li key={hit.id}>
          <span className={hit.withdrawn ? 'struck' : ''}>
            File {hit.file + 1} · <Safe text={hit.list} /> v{hit.version} · <Category hit={hit} />
          </span>{' '}
          <Ended hit={hit} />
        </li>
      ))}
      {hits.length > 6 ? <li className="dim">and {hits.length - 6} more on the page</li> : null}
    </ul>
  )
}

/** How alike, in words short enough for a row. */
const likenessOf = (hit: Hit): string => {
  if (hit.kind !== 'pdq') return 'equal digest'
  const alike = hit.distance === 0 ? 'equal hash' : `${hit.distance} of 256 bits differ`
  return hit.reliable === 'no' ? `${alike}; not reliable` : alike
}

export function Hits({ hits }: { hits: readonly Hit[] }) {
  const [explained, explain] = useState<string | null>(null)
  const columns = useMemo<readonly Column<Hit>[]>(
    () => [
      { id: 'file', head: 'File', value: (hit) => hit.file + 1, align: 'end' },
      {
        id: 'list',
        head: 'List',
        value: (hit) => hit.list,
        cell: (hit) => (
          <>
            <span className={hit.withdrawn ? 'struck' : ''}>
              <Safe text={hit.list} />
            </span>{' '}
            <Ended hit={hit} />
          </>
        ),
        grows: true,
      },
      { id: 'version', head: 'Version', value: (hit) => hit.version, align: 'end' },
      { id: 'category', head: 'Category (scheme)', value: categoryOf, cell: (hit) => <Category hit={hit} /> },
      { id: 'kind', head: 'Hash', value: (hit) => hit.kind },
      {
        id: 'likeness',
        head: 'Likeness',
        value: likenessOf,
        cell: (hit) => (
          <>
            {likenessOf(hit)}{' '}
            <Button
              look="quiet"
              onClick={() => explain(hit.id)}
              aria-label={`Why file ${hit.file + 1} is a hit on ${hit.list}`}
            >
              Why
            </Button>
          </>
        ),
      },
      { id: 'value', head: 'Value', value: (hit) => hit.value, cell: (hit) => <Hash value={hit.value} /> },
      { id: 'place', head: 'Place', value: (hit) => hit.place, cell: (hit) => <Place of={hit.place} /> },
      {
        id: 'publisher',
        head: 'Publisher',
        value: (hit) => hit.publisher,
        cell: (hit) => <Safe text={hit.publisher} />,
      },
      {
        id: 'entry',
        head: 'Entry',
        value: (hit) => hit.entry,
        cell: (hit) => (hit.entry === null ? <span className="none">–</span> : <Safe text={hit.entry} />),
      },
      { id: 'found', head: 'Found', value: (hit) => hit.foundAt, cell: (hit) => <Ago at={hit.foundAt} /> },
    ],
    [],
  )
  if (hits.length === 0) return <HitLines hits={hits} />
  return (
    <>
      <DataTable
        name="Hits of the referral"
        columns={columns}
        rows={hits}
        keyOf={(hit) => hit.id}
        rowClass={(hit) => (hit.withdrawn ? 'withdrawn-row' : '')}
      />
      {explained === null ? null : <HitExplained hit={explained} close={() => explain(null)} />}
    </>
  )
}
