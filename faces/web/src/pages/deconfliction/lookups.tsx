import { lookUp } from '@tandem/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { client, lookupsQuery } from '../../data/queries.ts'
import type { GrantLine, LookupLine } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Loading, ProblemLine, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { Grants } from './grants.tsx'
import { LookupAudits } from './lookup-audits.tsx'
import { NewGrant } from './new-grant.tsx'
import { answerStands } from './words.ts'

export const refreshLookups = () => client.invalidateQueries({ queryKey: ['lookups'] })

/** One officer, one value, about to act. Nothing that is typed here goes into an address, a title or a message. */
export function Lookups() {
  const query = useQuery(lookupsQuery)
  const { may } = useDesk()
  const [asking, setAsking] = useState(false)
  if (query.isError) return <Unread error={query.error} again={() => void query.refetch()} />
  if (query.data === undefined) return <Loading what="the lookups" />
  const { peers, grants, lookups, audits } = query.data
  if (peers.length === 0 && grants.length === 0) return null
  const open = grants.filter(({ side, state }) => side === 'asker' && state === 'in force')
  return (
    <Section
      title="Single lookups"
      aside={
        may.has('deconfliction.propose') && peers.length > 0 ? (
          <Button onClick={() => setAsking(true)}>Ask for lookups</Button>
        ) : null
      }
    >
      <p className="dim">
        One value, before you act. The other agency has agreed to it beforehand, and does not learn the value.
      </p>
      {open.length > 0 && may.has('deconfliction.lookup') ? <LookUp grants={open} /> : null}
      {grants.length === 0 ? <p className="dim">No lookups were agreed with anybody yet.</p> : <Grants of={grants} />}
      {lookups.length === 0 ? null : <Latest of={lookups} />}
      {audits.length === 0 ? null : <LookupAudits of={audits} />}
      {asking ? <NewGrant peers={peers} close={() => setAsking(false)} /> : null}
    </Section>
  )
}

function LookUp({ grants }: { grants: readonly GrantLine[] }) {
  const [chosen, setChosen] = useState('')
  // One that was chosen and has ended is not exchanged for another agency's behind the officer's back.
  const grant = chosen === '' ? grants[0] : grants.find(({ id }) => id === chosen)
  const [wanted, setWanted] = useState('')
  const [value, setValue] = useState('')
  const [reason, setReason] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const kinds = (grant?.kinds ?? []).flatMap((kind) => (kind === 'event' ? [] : [kind]))
  const kind = wanted === '' ? kinds[0] : kinds.find((each) => each === wanted)
  const send = useMutation({
    mutationFn: async () => {
      if (grant === undefined || kind === undefined) return null
      return call(lookUp, { body: { grant: grant.id, kind, value, reason } })
    },
    onSuccess: () => {
      setValue('')
      // The button cannot be pressed again yet: the next value is what comes.
      form.current?.querySelector('input')?.focus()
      return refreshLookups()
    },
  })
  const isChosen = grant !== undefined && kind !== undefined
  const ready = isChosen && value.trim() !== '' && reason.trim().length >= 3 && !send.isPending
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) send.mutate()
  }
  return (
    <>
      <form ref={form} className="run-form" onSubmit={submit} aria-label="Look up one value">
        {grants.length > 1 || grant === undefined ? (
          <SelectField
            label="Under the grant of"
            value={grant?.id ?? ''}
            change={setChosen}
            options={[
              ...(grant === undefined ? [{ value: '', says: 'That grant has ended: choose' }] : []),
              ...grants.map(({ id, peer, left }) => ({ value: id, says: `${peer}, ${left} left` })),
            ]}
          />
        ) : null}
        <div className="field-pair">
          <SelectField
            label="Kind"
            value={kind ?? ''}
            change={setWanted}
            options={[
              ...(kind === undefined ? [{ value: '', says: 'choose' }] : []),
              ...kinds.map((each) => ({ value: each, says: each })),
            ]}
          />
          <TextField label="Value" value={value} change={setValue} required />
        </div>
        <TextField
          label="Why now"
          value={reason}
          change={setReason}
          hint="For your own side: it stays here, with the value, under seal."
          required
        />
        <div className="settle-answers">
          <Button type="submit" look="strong" disabled={!ready}>
            Look up
          </Button>
          <span className="dim">
            {grant === undefined ? null : (
              <>
                <Safe text={grant.peer} /> fixed its list at{' '}
                {grant.listedAt === null ? 'a time unknown' : <When at={grant.listedAt} />}
              </>
            )}
          </span>
        </div>
      </form>
      <div role="status" aria-live="polite">
        {send.isError ? <ProblemLine error={send.error} /> : null}
        {send.isPending ? <p className="dim">The other cell is asked.</p> : null}
        {send.data == null ? null : <Answer of={send.data} />}
      </div>
    </>
  )
}

/** The words of the cell, whole. Only what is held is strong: neither of the others may look like "clear". */
function Answer({ of }: { of: LookupLine }) {
  const look = of.answer === 'held' ? 'outcome-hits' : of.answer === 'not in their list' ? '' : 'outcome-none'
  return (
    <section className={`outcome ${look}`} aria-label="Answer">
      <h3>{answerStands(of)}</h3>
      <p>
        {of.kind} <Safe text={of.value} />
      </p>
      <p>{of.says}</p>
      {of.desk === null ? null : (
        <p>
          Their desk: <Safe text={of.desk} />
        </p>
      )}
    </section>
  )
}

function Latest({ of }: { of: readonly LookupLine[] }) {
  return (
    <details>
      <summary>Latest lookups, {of.length}</summary>
      <ul className="hit-list">
        {of.map((line) => (
          <li key={line.id}>
            <span className={line.answer === 'held' ? 'tag tag-strong' : 'tag'}>{answerStands(line)}</span> {line.kind}{' '}
            <Safe text={line.value} />, asked of <Safe text={line.peer} />, <Safe text={line.by} />,{' '}
            <When short at={line.at} />
            {line.inRecord ? null : <span className="dim"> in no referral of the operation then</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
