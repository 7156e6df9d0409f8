import { askLookupAudit } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../data/client.ts'
import { client, lookupInspectionQuery } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { LookupInspection } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { LookupAuditResult } from '../deconfliction/lookup-audits.tsx'

type Grant = LookupInspection['grants'][number]

const columnsWith = (draw: (grant: Grant) => void): readonly Column<Grant>[] => [
  { id: 'grant', head: 'Grant', value: ({ id }) => id.slice(-8) },
  { id: 'agency', head: 'Agency', value: ({ agency }) => agency, cell: ({ agency }) => <Safe text={agency} /> },
  { id: 'side', head: 'Side', value: ({ side }) => (side === 'asker' ? 'asks' : 'is asked') },
  { id: 'state', head: 'State', value: ({ state }) => state },
  { id: 'kinds', head: 'Kinds', value: ({ kinds }) => kinds.join(', '), cut: true },
  { id: 'lookups', head: 'Agreed', value: ({ lookups }) => lookups, align: 'end' },
  { id: 'done', head: 'Done', value: (each) => (each.side === 'asker' ? each.asked : each.answered), align: 'end' },
  { id: 'held', head: 'Held', value: ({ side, held }) => (side === 'asker' ? held : null), align: 'end' },
  {
    id: 'record',
    head: 'In no referral',
    value: ({ side, notInRecord }) => (side === 'asker' ? notInRecord : null),
    align: 'end',
  },
  {
    id: 'until',
    head: 'Until (UTC)',
    value: ({ expiresAt }) => expiresAt,
    cell: (each) => <When short at={each.expiresAt} />,
  },
  {
    id: 'do',
    head: 'Audit',
    pinned: true,
    value: ({ asked }) => asked,
    cell: (grant) =>
      grant.asked > 0 ? (
        <Button onClick={() => draw(grant)} aria-label={`Draw lookups of grant ${grant.id.slice(-8)}`}>
          Draw lookups
        </Button>
      ) : (
        <span className="none">{grant.side === 'asker' ? 'none asked' : 'opened by the other side'}</span>
      ),
  },
]

/** How much was looked up one by one, of every agency. Many misses, or many of no referral, ask for a word with them. */
export function LookupOversight() {
  const query = useQuery(lookupInspectionQuery)
  const [drawing, setDrawing] = useState<Grant | null>(null)
  if (query.isError) return <Unread error={query.error} again={() => void query.refetch()} />
  if (query.data === undefined) return <Loading what="the lookups" />
  return (
    <Section title="Single lookups" count={query.data.grants.length}>
      {query.data.grants.length === 0 ? (
        <p className="dim">No agency lets another one look up single values.</p>
      ) : (
        <DataTable
          name="Lookups of every agency"
          columns={columnsWith(setDrawing)}
          rows={query.data.grants}
          keyOf={({ id }) => id}
        />
      )}
      {query.data.audits.length === 0 ? null : (
        <ul className="hit-list" aria-label="Audits of lookups">
          {query.data.audits.map((audit) => (
            <li key={audit.id}>
              Grant {audit.grant.slice(-8)}, <When at={audit.askedAt} />: <LookupAuditResult of={audit} />
            </li>
          ))}
        </ul>
      )}
      {drawing === null ? null : <Draw grant={drawing} close={() => setDrawing(null)} />}
    </Section>
  )
}

function Draw({ grant, close }: { grant: Grant; close: () => void }) {
  const [count, setCount] = useState(String(Math.min(20, grant.asked)))
  const wanted = Number(count)
  const send = async () => {
    const { drawn } = await call(askLookupAudit, { params: { id: grant.id }, body: { count: wanted } })
    toast({ kind: 'done', says: `${drawn} drawn. ${grant.agency} opens them.` })
    void client.invalidateQueries({ queryKey: ['lookup-inspection'] })
  }
  return (
    <FormDialog
      title={`Lookups of grant ${grant.id.slice(-8)}`}
      says={`${grant.agency} asked ${grant.asked}. What it opens must give the element that left, which both ledgers hold.`}
      submit="Draw them"
      ready={Number.isInteger(wanted) && wanted >= 1 && wanted <= 1000}
      send={send}
      close={close}
    >
      <TextField label="How many" inputMode="numeric" value={count} change={setCount} required />
    </FormDialog>
  )
}
