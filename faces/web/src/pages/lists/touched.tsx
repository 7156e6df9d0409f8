import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listHitsQuery } from '../../data/queries.ts'
import type { HashList, TouchedReferral } from '../../data/types.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Priority } from '../../ui/priority.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'

const columns: readonly Column<TouchedReferral>[] = [
  {
    id: 'number',
    head: 'Referral',
    value: ({ number }) => number,
    cell: ({ id, number }) => (
      <Link to="/referral/$id" params={{ id }}>
        {number}
      </Link>
    ),
  },
  {
    id: 'priority',
    head: 'Stands',
    value: ({ priority }) => priority.effective,
    cell: ({ priority }) => <Priority level={priority.effective} />,
  },
  { id: 'computed', head: 'Computed', value: ({ priority }) => priority.computed },
  {
    id: 'state',
    head: 'State',
    value: ({ state, behind }) => (behind === null ? state : `${state}, behind ${behind}`),
  },
  { id: 'hits', head: 'Hits', value: ({ hits }) => hits, align: 'end' },
  { id: 'counting', head: 'Count now', value: ({ counting }) => counting, align: 'end' },
  { id: 'versions', head: 'Versions', value: ({ versions }) => versions.join(', ') },
  { id: 'others', head: 'On other lists', value: ({ otherLists }) => otherLists, align: 'end', grows: true },
]

/** What a withdrawal would touch, before anybody withdraws. What the reader may not see is neither shown nor counted. */
export function Touched({ list }: { list: HashList }) {
  const query = useInfiniteQuery(listHitsQuery(list.id))
  if (query.isError && query.data === undefined)
    return <Unread error={query.error} again={() => void query.refetch()} />
  if (query.data === undefined) return <Loading what="the referrals" />
  // Ranks move while parts are read: one that moved may come twice.
  const referrals = [
    ...new Map(query.data.pages.flatMap((page) => page.referrals).map((row) => [row.id, row])).values(),
  ]
  if (referrals.length === 0) return <p className="dim">No referral that you may see has a hit on it.</p>
  return (
    <>
      <DataTable
        name={`Referrals with a hit on ${list.name}`}
        columns={columns}
        rows={referrals}
        keyOf={({ id }) => id}
        aside={
          query.hasNextPage ? (
            <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
              More referrals
            </Button>
          ) : undefined
        }
      />
      {query.isError ? <Unread error={query.error} again={() => void query.fetchNextPage()} /> : null}
      <p className="dim small-text">
        The most pressing first, as they stood when this was read. A withdrawal marks every hit and ranks these again,
        or the referral behind which one stands; a computed priority may rise by it, and what a person confirmed stands.
        A hit counts on the version in force, on an entry that stands, by a hash that is reliable.
      </p>
    </>
  )
}
