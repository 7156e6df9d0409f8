import { cancelAuthority } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { useTitle } from '../../app/title.ts'
import { call } from '../../data/client.ts'
import { authoritiesQuery, client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { Authority } from '../../data/types.ts'
import { perform } from '../../keyboard/perform.ts'
import { authorityName } from '../../text/authority.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { AreaField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Hint, Pairs } from '../../ui/hint.tsx'
import { Empty, Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { CreateAuthority } from './create.tsx'
import { Lanes } from './lanes.tsx'
import { Purposes } from './purposes.tsx'

export function AuthoritiesPage() {
  useTitle('Authorities')
  const query = useQuery(authoritiesQuery)
  const { may } = useDesk()
  const [creating, setCreating] = useState(false)
  const [cancelling, setCancelling] = useState<Authority | null>(null)
  const mayCancel = may.has('authority.cancel')
  const columns = useMemo(() => columnsFor(mayCancel ? setCancelling : null), [mayCancel])
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Authorities</h1>
        <p className="dim">
          What may be done, under which law, until when. Work under an authority stops at the second it ends.
        </p>
        <span className="spread" />
        {may.has('queue.read') ? (
          <Button onClick={() => perform('show.standing')}>Choose what you work under</Button>
        ) : null}
        {may.has('authority.create') ? (
          <Button look="strong" onClick={() => setCreating(true)}>
            Enter an authority
          </Button>
        ) : null}
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the register" />
      ) : (
        <>
          {query.data.authorities.length === 0 ? (
            <Empty title="The register is empty." />
          ) : (
            <DataTable
              name="Register of authorities"
              columns={columns}
              rows={query.data.authorities}
              keyOf={(each) => each.id}
              rowClass={(each) => (each.state === 'in force' || each.state === 'future' ? '' : 'past-row')}
            />
          )}
          <Section title="Lanes" count={query.data.lanes.length}>
            <Lanes of={query.data} />
          </Section>
          <Section title="Purposes" count={query.data.purposes.length}>
            <Purposes of={query.data} />
          </Section>
        </>
      )}
      {creating ? <CreateAuthority close={() => setCreating(false)} /> : null}
      {cancelling === null ? null : <Cancel authority={cancelling} close={() => setCancelling(null)} />}
    </div>
  )
}

const laneNames = (each: Authority): string => each.lanes.map((lane) => lane.name).join(', ')

const stateClass: Readonly<Record<Authority['state'], string>> = {
  'in force': 'tag tag-strong',
  future: 'tag',
  expired: 'tag tag-struck',
  cancelled: 'tag tag-struck',
}

const columnsFor = (cancel: ((authority: Authority) => void) | null): readonly Column<Authority>[] => [
  {
    id: 'name',
    head: 'Authority',
    value: authorityName,
    cell: (each) => (
      <Hint
        says={
          <Pairs
            of={[
              ['Issuer', <Safe key="i" text={each.issuer} />],
              ['Scope', <Safe key="s" text={each.scope} />],
              ['Necessity', <Safe key="n" text={each.necessity} />],
              ['Proportionality', <Safe key="p" text={each.proportionality} />],
              ['Entered by', <Safe key="b" text={each.createdBy} />],
            ]}
          />
        }
      >
        <Safe text={authorityName(each)} />
      </Hint>
    ),
    grows: true,
  },
  { id: 'kind', head: 'Kind', value: (each) => each.kind, cell: (each) => <Safe text={each.kind} />, cut: true },
  {
    id: 'state',
    head: 'State',
    value: (each) => each.state,
    cell: (each) => <span className={stateClass[each.state]}>{each.state}</span>,
  },
  {
    id: 'expires',
    head: 'Until (UTC)',
    value: (each) => each.expiresAt,
    cell: (each) => <When short at={each.expiresAt} />,
  },
  {
    id: 'starts',
    head: 'From (UTC)',
    value: (each) => each.startsAt,
    cell: (each) => <When short at={each.startsAt} />,
  },
  { id: 'agency', head: 'Agency', value: (each) => each.agency },
  {
    id: 'operation',
    head: 'Operation',
    value: (each) => each.operation.name,
    cell: (each) => <Safe text={each.operation.name} />,
  },
  {
    id: 'end',
    head: 'End',
    pinned: true,
    value: (each) => each.cancelReason,
    cell: (each) =>
      each.cancelledAt !== null ? (
        <span className="cell-cut" title={revealed(each.cancelReason ?? '')}>
          <Safe text={each.cancelReason ?? 'cancelled without a reason'} />
        </span>
      ) : cancel !== null && (each.state === 'in force' || each.state === 'future') ? (
        <Button onClick={() => cancel(each)} aria-label={`Cancel ${authorityName(each)}`}>
          Cancel
        </Button>
      ) : (
        <span className="none">–</span>
      ),
  },
]

function Cancel({ authority, close }: { authority: Authority; close: () => void }) {
  const [reason, setReason] = useState('')
  const send = async () => {
    await call(cancelAuthority, { params: { id: authority.id }, body: { reason } })
    toast({ kind: 'done', says: 'The authority is cancelled: work under it has stopped.' })
    void client.invalidateQueries({
      predicate: (query) => ['authorities', 'standing'].includes(String(query.queryKey[0])),
    })
  }
  const lanes = authority.lanes.length === 0 ? '' : ` Lanes that wait for a new one: ${laneNames(authority)}.`
  return (
    <FormDialog
      title={`Cancel ${authorityName(authority)}`}
      says={`Everybody's work under it stops at once. This cannot be undone; a new one is entered instead.${lanes}`}
      submit="Cancel the authority"
      ready={reason.trim().length >= 3}
      send={send}
      close={close}
    >
      <AreaField label="Reason" value={reason} change={setReason} required />
    </FormDialog>
  )
}
