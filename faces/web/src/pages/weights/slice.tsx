import { useQuery } from '@tanstack/react-query'
import { sliceQuery } from '../../data/queries.ts'
import type { Slice } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'

/** What the low ranks of the operation hold, as far as what was drawn by lot can say. */
export function AuditSlice() {
  const query = useQuery(sliceQuery)
  if (query.isError) return <Unread error={query.error} again={() => void query.refetch()} />
  if (query.data === undefined) return <Loading what="the audit slice" />
  return <Slices of={query.data.slices} name="Low ranks, drawn by lot and not" />
}

interface Line extends Pick<Slice, 'agency' | 'weightSet'> {
  readonly which: 'drawn by lot' | 'not drawn'
  readonly counted: Slice['drawn']
}

export function Slices({ of, name, agencies = false }: { of: readonly Slice[]; name: string; agencies?: boolean }) {
  if (of.length === 0) return <p className="dim">Nothing that ranks low has come since lots are drawn.</p>
  const lines = of.flatMap(({ agency, weightSet, drawn, others }): Line[] => [
    { agency, weightSet, which: 'drawn by lot', counted: drawn },
    { agency, weightSet, which: 'not drawn', counted: others },
  ])
  return (
    <>
      {of.map(({ agency, weightSet, says }) => (
        <div key={`${agency} ${weightSet}`}>
          <p>
            <b>
              {agencies ? <Safe text={`${agency}, `} /> : null}
              <Safe text={weightSet} />
            </b>
          </p>
          <ul className="plain-list">
            {says.map((line) => (
              <li key={line}>
                <Safe text={line} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <DataTable
        name={name}
        columns={agencies ? [agencyColumn, ...columns] : columns}
        rows={lines}
        keyOf={({ agency, weightSet, which }) => `${agency} ${weightSet} ${which}`}
      />
      <p className="dim small-text">
        Mattered: passed on or added to an operation, set higher by a person, or referred to safeguarding. Rose: ranked
        higher by the machine before anybody judged it. Elsewhere: folded or merged into another one.
      </p>
    </>
  )
}

const agencyColumn: Column<Line> = {
  id: 'agency',
  head: 'Agency',
  value: ({ agency }) => agency,
  cell: ({ agency }) => <Safe text={agency} />,
}

const counted = (id: keyof Slice['drawn'], head: string): Column<Line> => ({
  id,
  head,
  value: (line) => line.counted[id],
  align: 'end',
})

const columns: readonly Column<Line>[] = [
  { id: 'which', head: 'Ranked low', value: ({ which }) => which },
  { id: 'set', head: 'Set', value: ({ weightSet }) => weightSet },
  counted('received', 'Came'),
  counted('waiting', 'Wait'),
  counted('mattered', 'Mattered'),
  counted('nothing', 'Did not'),
  counted('passedOn', 'Passed on'),
  counted('raised', 'Set higher'),
  counted('safeguarded', 'Safeguarding'),
  counted('rose', 'Rose'),
  counted('elsewhere', 'Elsewhere'),
]
