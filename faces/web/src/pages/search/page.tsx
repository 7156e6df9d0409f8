import { search } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTitle } from '../../app/title.ts'
import { call } from '../../data/client.ts'
import { searched } from '../../data/searched.ts'
import { useStore } from '../../data/small-store.ts'
import type { Found } from '../../data/types.ts'
import { useActions } from '../../keyboard/perform.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Priority } from '../../ui/priority.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'

type Row = Found['referrals'][number]

const columns: readonly Column<Row>[] = [
  {
    id: 'number',
    head: 'Referral',
    value: (row) => row.number,
    align: 'end',
    cell: (row) => (
      <Link to="/referral/$id" params={{ id: row.id }} className="number">
        {row.number}
      </Link>
    ),
  },
  { id: 'priority', head: 'Pri', value: (row) => row.priority, cell: (row) => <Priority level={row.priority} /> },
  { id: 'state', head: 'State', value: (row) => row.state },
  {
    id: 'because',
    head: 'Found because',
    value: (row) => row.because,
    cell: (row) => <Safe text={row.because} />,
    grows: true,
  },
  { id: 'sender', head: 'Sender', value: (row) => row.sender, cell: (row) => <Safe text={row.sender} />, cut: true },
  {
    id: 'received',
    head: 'Received (UTC)',
    value: (row) => row.receivedAt,
    cell: (row) => <When short at={row.receivedAt} />,
  },
]

/** The answer to the search box. The text lives in memory only, so a reload forgets it. */
export function SearchPage() {
  useTitle('Search')
  const text = useStore(searched)
  const query = useQuery({
    queryKey: ['search', text],
    queryFn: () => call(search, { body: { text } }),
    enabled: text !== '',
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  useActions({ 'show.refresh': () => void query.refetch() })
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Search</h1>
        {text === '' ? null : (
          <p>
            <span className="dim">for</span> <Safe text={text} />
          </p>
        )}
      </header>
      {text === '' ? (
        <Empty title="Nothing was searched for.">
          <p>
            Type a number, a sender’s reference, an identifier or a file hash into the box above. Each search is
            recorded.
          </p>
        </Empty>
      ) : query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="what was found" />
      ) : (
        <Answer of={query.data} />
      )}
    </div>
  )
}

function Answer({ of }: { of: Found }) {
  return (
    <>
      <p className="understood" role="status">
        <span className="dim">Understood as</span>{' '}
        {of.understoodAs.length === 0
          ? 'a number or a sender’s reference, not as an identifier'
          : of.understoodAs.map((each) => (
              <span key={`${each.kind} ${each.normal}`} className="tag">
                {each.kind}: <Safe text={each.normal} />
              </span>
            ))}
        {of.referrals.length === 0 ? null : <span className="dim">{many(of.referrals.length, 'referral')} found</span>}
      </p>
      {of.referrals.length === 0 ? (
        <Empty title="Nothing found, or nothing for you.">
          <p>
            An account is written as service:name, for example testchat:some_name. A hash is searched whole. What you
            may not see is not counted here.
          </p>
        </Empty>
      ) : (
        <DataTable name="Found referrals" columns={columns} rows={of.referrals} keyOf={(row) => row.id} />
      )}
    </>
  )
}
