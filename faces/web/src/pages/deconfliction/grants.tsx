import { acceptGrant, decideGrant, endGrant, refuseGrant, takeGrant } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { toast } from '../../data/toasts.ts'
import type { GrantLine } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { AreaField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'
import { refreshLookups } from './lookups.tsx'
import { grantStands } from './words.ts'

/** Grants of both sides, each with what a person here can do about it now. */
export function Grants({ of }: { of: readonly GrantLine[] }) {
  const [deciding, setDeciding] = useState<GrantLine | null>(null)
  return (
    <>
      <ul className="hit-list" aria-label="Grants of lookups">
        {of.map((grant) => (
          <li key={grant.id}>
            <span className="grant-line">
              <span className={waits(grant) ? 'tag tag-strong' : 'tag'}>{grantStands(grant)}</span>
              <span>
                {grant.side === 'asker' ? 'We ask ' : 'Asked by '}
                <Safe text={grant.peer} />: {grant.kinds.join(', ')}, {many(grant.lookups, 'lookup', 'lookups')}, until{' '}
                <When short at={grant.expiresAt} />
                {grant.why === null ? null : <span className="dim"> {grant.why}</span>}
              </span>
              <Act on={grant} decide={() => setDeciding(grant)} />
            </span>
          </li>
        ))}
      </ul>
      {deciding === null ? null : <Decide grant={deciding} close={() => setDeciding(null)} />}
    </>
  )
}

const waits = ({ state, mine, expired }: GrantLine): boolean =>
  !expired && (state === 'received' || (state === 'proposed' && !mine))

function Act({ on, decide }: { on: GrantLine; decide: () => void }) {
  const { may } = useDesk()
  const send = useMutation({
    mutationFn: async (what: 'take' | 'end') => {
      const params = { id: on.id }
      if (what === 'take') return (await call(takeGrant, { params, body: {} })).says
      await call(endGrant, { params, body: {} })
      return 'Ended. No lookup under it has an answer any more.'
    },
    onSuccess: (says) => {
      toast({ kind: 'done', says })
      return refreshLookups()
    },
  })
  const name = on.id.slice(-8)
  return (
    <>
      {waits(on) && may.has('deconfliction.decide') ? (
        <Button onClick={decide} aria-label={`Decide on grant ${name}`}>
          Decide
        </Button>
      ) : null}
      {on.state === 'waiting' && !on.expired && may.has('deconfliction.lookup') ? (
        <Button disabled={send.isPending} onClick={() => send.mutate('take')} aria-label={`Look at grant ${name}`}>
          Have they decided?
        </Button>
      ) : null}
      {on.state === 'in force' && may.has('deconfliction.decide') ? (
        <Button disabled={send.isPending} onClick={() => send.mutate('end')} aria-label={`End grant ${name}`}>
          End
        </Button>
      ) : null}
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </>
  )
}

/** The second person of the side that asks, or whoever answers for the other side. Neither answer is put forward. */
function Decide({ grant, close }: { grant: GrantLine; close: () => void }) {
  const [reason, setReason] = useState('')
  const [desk, setDesk] = useState('')
  const [answer, setAnswer] = useState<'yes' | 'no' | ''>('')
  const isOurs = grant.side === 'asker'
  const send = async () => {
    toast({ kind: 'done', says: await decided(grant, answer === 'yes', reason, desk) })
    void refreshLookups()
  }
  const ready = reason.trim().length >= 3 && answer !== '' && (isOurs || answer === 'no' || desk.trim().length >= 3)
  return (
    <FormDialog
      title={isOurs ? 'Second person: lookups' : 'Their request for lookups'}
      says={
        isOurs
          ? 'Approved, the request leaves. Their people decide then; no value leaves with it.'
          : 'Accepted, they may ask whether single values are in what your operation holds now. You do not learn which.'
      }
      submit={isOurs ? 'Decide' : 'Answer them'}
      ready={ready}
      send={send}
      close={close}
    >
      <dl className="run-terms">
        <dt>Operation</dt>
        <dd>
          <Safe text={grant.operation} />
        </dd>
        <dt>Authority</dt>
        <dd>
          <Safe text={grant.authority} />
        </dd>
        <dt>Purpose</dt>
        <dd>
          <Safe text={grant.purpose} lines />
        </dd>
        <dt>How much</dt>
        <dd>
          {many(grant.lookups, 'lookup', 'lookups')} of {grant.kinds.join(', ')}, until <When at={grant.expiresAt} />
        </dd>
      </dl>
      <fieldset className="choices">
        <legend>Decision</legend>
        <div className="choices-row">
          {(['yes', 'no'] as const).map((each) => (
            <label key={each} className="choice">
              <input type="radio" name="answer" checked={answer === each} onChange={() => setAnswer(each)} />
              <span>{each === 'yes' ? (isOurs ? 'approve and send' : 'accept') : 'refuse'}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <AreaField label="Your own reason" value={reason} change={setReason} rows={2} required />
      {isOurs ? null : (
        <TextField
          label="Our desk, which they may call whatever an answer says"
          value={desk}
          change={setDesk}
          hint="A desk and how to reach it; no name of a person."
        />
      )}
    </FormDialog>
  )
}

async function decided(grant: GrantLine, yes: boolean, reason: string, desk: string): Promise<string> {
  const params = { id: grant.id }
  if (grant.side === 'asker') {
    const { says } = await call(decideGrant, { params, body: { approve: yes, reason } })
    if (!yes) return 'Refused. Nothing was sent.'
    return says === null ? `Sent to ${grant.peer}. Their people decide now.` : `Not sent yet. ${says}`
  }
  if (!yes) {
    await call(refuseGrant, { params, body: { reason } })
    return 'Refused. They hear that it was refused, not why.'
  }
  const { entries } = await call(acceptGrant, { params, body: { reason, desk } })
  return `Accepted: ${many(entries, 'own entry', 'own entries')} can be met, under a key of this grant alone.`
}
