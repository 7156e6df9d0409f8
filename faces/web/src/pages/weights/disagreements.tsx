import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { disagreementsQuery } from '../../data/queries.ts'
import type { Disagreements as Told } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many, spaced } from '../../text/words.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'

type One = Told['disagreements'][number]
type Factor = Told['factors'][number]

export function Disagreements() {
  const query = useQuery(disagreementsQuery)
  if (query.isError) return <Unread error={query.error} again={() => void query.refetch()} />
  if (query.data === undefined) return <Loading what="the disagreements" />
  const { counts, factors, disagreements } = query.data
  if (counts.length === 0) return <p className="dim">Nobody disagrees with a rank.</p>
  return (
    <>
      <ul className="plain-list">
        {counts.map((each) => (
          <li key={each.weightSet}>
            <b>
              <Safe text={each.weightSet} />
            </b>
            : {many(each.higher, 'time')} should be higher, {many(each.lower, 'time')} should be lower, on{' '}
            {many(each.referrals, 'referral')} by {many(each.people, 'person', 'people')}. People decided on{' '}
            {each.decided} that it ranked.
          </li>
        ))}
      </ul>
      <p className="dim small-text">
        A count is no finding: people disagree with what they look at. Factors are those that gave or took points in
        these ranks.
      </p>
      <DataTable
        name="Factors in ranks that people disagree with"
        columns={factorColumns}
        rows={factors}
        keyOf={({ weightSet, factor }) => `${weightSet} ${factor}`}
      />
      <DataTable name="Latest disagreements" columns={columns} rows={disagreements} keyOf={({ id }) => id} />
    </>
  )
}

const factorColumns: readonly Column<Factor>[] = [
  { id: 'factor', head: 'Factor', value: ({ factor }) => spaced(factor), grows: true },
  { id: 'set', head: 'Set', value: ({ weightSet }) => weightSet },
  { id: 'higher', head: 'Should be higher', value: ({ higher }) => higher, align: 'end' },
  { id: 'lower', head: 'Should be lower', value: ({ lower }) => lower, align: 'end' },
]

const columns: readonly Column<One>[] = [
  {
    id: 'number',
    head: 'Referral',
    value: ({ number }) => number,
    cell: ({ referral, number }) => (
      <Link to="/referral/$id" params={{ id: referral }}>
        {number}
      </Link>
    ),
  },
  { id: 'direction', head: 'Should be', value: ({ direction }) => direction },
  { id: 'priority', head: 'Stands', value: ({ priority }) => priority.effective },
  { id: 'computed', head: 'Computed', value: ({ priority }) => priority.computed },
  { id: 'set', head: 'Set', value: ({ weightSet }) => weightSet },
  { id: 'reason', head: 'Reason', value: ({ reason }) => reason, cut: true, grows: true },
  { id: 'by', head: 'By', value: ({ by }) => by, cell: ({ by }) => <Safe text={by} /> },
  { id: 'at', head: 'At (UTC)', value: ({ at }) => at, cell: ({ at }) => <When short at={at} /> },
]
