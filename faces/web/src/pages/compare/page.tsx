import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTitle } from '../../app/title.ts'
import { referralQuery } from '../../data/queries.ts'
import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Priority } from '../../ui/priority.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { factRows, type Row, reasonRows, sharedValues } from './rows.ts'
import { WhichFirst } from './which-first.tsx'

/** Two that look alike: what they share, what only one says, and what sets their ranks apart. Never their words. */
export function ComparePage() {
  useTitle('Comparison')
  const { one, other } = useParams({ from: '/compare/$one/$other' })
  const first = useQuery(referralQuery(one))
  const second = useQuery(referralQuery(other))
  const failed = [first, second].find(({ isError }) => isError)
  if (failed !== undefined) return <Unread error={failed.error} again={() => void failed.refetch()} />
  if (first.data === undefined || second.data === undefined) return <Loading what="the two referrals" />
  return <Both one={first.data} other={second.data} />
}

function Both({ one, other }: { one: Referral; other: Referral }) {
  const shared = sharedValues(one, other)
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>
          <Name of={one} /> beside <Name of={other} />
        </h1>
        <p className="dim">Both were opened for this and are in the ledger. Words stay closed.</p>
      </header>
      <Section title="What they share" count={shared.length}>
        {shared.length === 0 ? (
          <p className="dim">No identifier and no file hash.</p>
        ) : (
          <ul className="plain-list">
            {shared.map(({ kind, value }) => (
              <li key={`${kind} ${value}`}>
                {kind} <Safe text={value} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Facts">
        <Table name="Facts" one={one} other={other} rows={factRows(one, other)} />
      </Section>
      <WhichFirst one={one} other={other} />
      <Section title="Why one stands before the other">
        <Table name="Reasons of the ranks" one={one} other={other} rows={reasonRows(one, other)} />
      </Section>
    </div>
  )
}

const Name = ({ of }: { of: Referral }) => (
  <Link to="/referral/$id" params={{ id: of.item.id }}>
    {of.item.number}
  </Link>
)

function Table({ name, one, other, rows }: { name: string; one: Referral; other: Referral; rows: readonly Row[] }) {
  return (
    <div>
      <table className="waterfall-table">
        <caption className="unseen-caption">{name}</caption>
        <thead>
          <tr>
            <td />
            {[one, other].map(({ item }) => (
              <th key={item.id} scope="col">
                <Priority level={item.priority.effective} /> {item.number}, <When short at={item.receivedAt} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className={row.one === row.other ? 'row-aside' : ''}>
              <th scope="row">
                <Safe text={row.name} />
                {row.one === row.other ? null : <span className="unseen-caption"> (differs)</span>}
              </th>
              {[row.one, row.other].map((value, at) => (
                <td key={at === 0 ? one.item.id : other.item.id}>
                  {value === null ? <span className="none">not said</span> : <Safe text={value} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
