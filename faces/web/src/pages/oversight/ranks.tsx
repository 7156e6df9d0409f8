import { useQuery } from '@tanstack/react-query'
import { ranksInspectionQuery } from '../../data/queries.ts'
import type { RanksInspection } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { Slices } from '../weights/slice.tsx'

type Count = RanksInspection['disagreements'][number]
type Lots = RanksInspection['lots'][number]

/** What the ranks of every agency miss, and how often people disagree with them: counts, no referral. */
export function RankOversight() {
  const query = useQuery(ranksInspectionQuery)
  if (query.isError) return <Unread error={query.error} again={() => void query.refetch()} />
  if (query.data === undefined) return <Loading what="the ranks" />
  const { slices, disagreements, lots } = query.data
  return (
    <>
      <Section title="Audit slice">
        <Slices of={slices} name="Low ranks of every agency" agencies />
        {lots.length === 0 ? null : (
          <>
            <p className="small-text">
              {lots.some(({ differ, unknown }) => differ > 0 || unknown > 0)
                ? 'Some lots or borders are not those that the ledger has had since they were drawn: somebody changed a draw.'
                : 'Every lot and border of the last 90 days is the one that the ledger has had since it was drawn.'}
            </p>
            <DataTable name="Lots and the ledger" columns={lotColumns} rows={lots} keyOf={({ agency }) => agency} />
          </>
        )}
      </Section>
      <Section title="Disagreements with ranks" count={disagreements.length}>
        {disagreements.length === 0 ? (
          <p className="dim">Nobody disagrees with a rank.</p>
        ) : (
          <>
            <DataTable
              name="Disagreements of every agency"
              columns={disagreementColumns}
              rows={disagreements}
              keyOf={({ agency, weightSet }) => `${agency} ${weightSet}`}
            />
            <p className="dim small-text">
              A count is no finding: people disagree with what they look at. Each one stands in the ledger.
            </p>
          </>
        )}
      </Section>
    </>
  )
}

const lotColumns: readonly Column<Lots>[] = [
  { id: 'agency', head: 'Agency', value: ({ agency }) => agency, cell: ({ agency }) => <Safe text={agency} /> },
  { id: 'kept', head: 'Lots kept', value: ({ kept }) => kept, align: 'end' },
  { id: 'ledger', head: 'In the ledger', value: ({ inLedger }) => inLedger, align: 'end' },
  { id: 'differ', head: 'Differ', value: ({ differ }) => differ, align: 'end' },
  { id: 'unknown', head: 'Not in the ledger', value: ({ unknown }) => unknown, align: 'end' },
]

const disagreementColumns: readonly Column<Count>[] = [
  { id: 'agency', head: 'Agency', value: ({ agency }) => agency, cell: ({ agency }) => <Safe text={agency} /> },
  { id: 'set', head: 'Set', value: ({ weightSet }) => weightSet },
  { id: 'higher', head: 'Should be higher', value: ({ higher }) => higher, align: 'end' },
  { id: 'lower', head: 'Should be lower', value: ({ lower }) => lower, align: 'end' },
  { id: 'referrals', head: 'Referrals', value: ({ referrals }) => referrals, align: 'end' },
  { id: 'people', head: 'People', value: ({ people }) => people, align: 'end' },
  { id: 'decided', head: 'Decided on', value: ({ decided }) => decided, align: 'end' },
]
