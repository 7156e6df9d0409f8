import { askAudit } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTitle } from '../../app/title.ts'
import { call } from '../../data/client.ts'
import { client, inspectionQuery } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { Inspection } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { AuditResult } from '../deconfliction/audits.tsx'
import { LookupOversight } from './lookups.tsx'
import { RankOversight } from './ranks.tsx'

type Run = Inspection['runs'][number]

const columnsWith = (draw: (run: Run) => void): readonly Column<Run>[] => [
  { id: 'run', head: 'Run', value: ({ id }) => id.slice(-8) },
  { id: 'agency', head: 'Agency', value: ({ agency }) => agency, cell: ({ agency }) => <Safe text={agency} /> },
  { id: 'side', head: 'Side', value: ({ side }) => (side === 'asker' ? 'asks' : 'is asked') },
  {
    id: 'operation',
    head: 'Operation',
    value: ({ operation }) => operation,
    cell: (run) => <Safe text={run.operation} />,
    grows: true,
  },
  { id: 'state', head: 'State', value: ({ state }) => state },
  { id: 'kinds', head: 'Kinds', value: ({ kinds }) => kinds.join(', '), cut: true },
  { id: 'size', head: 'List', value: ({ size }) => size, align: 'end' },
  { id: 'hits', head: 'Hits', value: ({ hits }) => hits, align: 'end' },
  { id: 'at', head: 'Since (UTC)', value: ({ at }) => at, cell: ({ at }) => <When short at={at} /> },
  {
    id: 'do',
    head: 'Audit',
    pinned: true,
    value: ({ state }) => state,
    cell: (run) =>
      run.state === 'answered' ? (
        <Button onClick={() => draw(run)} aria-label={`Draw a sample of run ${run.id.slice(-8)}`}>
          Draw a sample
        </Button>
      ) : (
        <span className="none">no list</span>
      ),
  },
]

/** The inspector sees that there were runs and how they ended. What was asked about is opened by the agency alone. */
export function OversightPage() {
  useTitle('Oversight')
  const query = useQuery(inspectionQuery)
  const [drawing, setDrawing] = useState<Run | null>(null)
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Oversight</h1>
        <p className="dim">
          Deconfliction and ranks of every agency, without what was asked about and without a word of a report. A sample
          of a list is drawn at random, long after the list was fixed.
        </p>
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the runs" />
      ) : query.data.runs.length === 0 ? (
        <Empty title="No agency has asked another one yet." />
      ) : (
        <>
          <DataTable
            name="Runs of every agency"
            columns={columnsWith(setDrawing)}
            rows={query.data.runs}
            keyOf={({ id }) => id}
          />
          <Section title="Audits" count={query.data.audits.length}>
            {query.data.audits.length === 0 ? (
              <p className="dim">None was asked for yet.</p>
            ) : (
              <ul className="hit-list">
                {query.data.audits.map((audit) => (
                  <li key={audit.id}>
                    Run {audit.run.slice(-8)}, <When at={audit.askedAt} />: <AuditResult of={audit} />
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </>
      )}
      <LookupOversight />
      <RankOversight />
      {drawing === null ? null : <Draw run={drawing} close={() => setDrawing(null)} />}
    </div>
  )
}

function Draw({ run, close }: { run: Run; close: () => void }) {
  const [count, setCount] = useState('100')
  const wanted = Number(count)
  const send = async () => {
    const { places } = await call(askAudit, { params: { id: run.id }, body: { count: wanted } })
    toast({ kind: 'done', says: `${places} places drawn. ${run.agency} opens them.` })
    void client.invalidateQueries({ queryKey: ['inspection'] })
  }
  return (
    <FormDialog
      title={`Sample of run ${run.id.slice(-8)}`}
      says={`The list of ${run.agency} has ${run.size ?? 0} places, padding among them. With 5 in 100 invented and 100 opened, 99.4 % of such lists are found out.`}
      submit="Draw the sample"
      ready={Number.isInteger(wanted) && wanted >= 1 && wanted <= 1000}
      send={send}
      close={close}
    >
      <TextField label="Places" inputMode="numeric" value={count} change={setCount} required />
    </FormDialog>
  )
}
