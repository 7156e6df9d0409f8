import { settleAttribution } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../../data/client.ts'
import { ownChange, refreshSoon } from '../../data/live.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { Attribution } from '../../data/types.ts'
import { Button } from '../../ui/button.tsx'
import { AreaField, TextField } from '../../ui/field.tsx'
import { ProblemLine } from '../../ui/problem.tsx'

/** The second person types the number as a check that the right record was read, and says yes or no. */
export function SettleAttribution({ of }: { of: Attribution }) {
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const send = useMutation({
    mutationFn: (approve: boolean) => {
      ownChange(of.referral)
      return call(settleAttribution, { params: { id: of.id }, body: { approve, number: Number(typed), reason } })
    },
    onSuccess: ({ state, doubts }) => {
      toast({
        kind: 'done',
        says: `Attribution on ${of.number}: ${state}.${doubts.length === 0 ? '' : ` Doubts: ${doubts.join(', ')}.`}`,
      })
      refreshSoon()
      return client.invalidateQueries({ queryKey: ['attributions'] })
    },
  })
  if (of.mine)
    return <p className="dim">Waits for the second person. You proposed this: another person must settle it.</p>
  const isNumber = typed.trim() === String(of.number)
  const fits = isNumber && reason.trim().length >= 3
  const isBarred = of.stale || of.doubts.some(({ bars }) => bars) || (of.doubts.length > 0 && of.override === null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (fits && !isBarred) send.mutate(true)
  }
  return (
    <form className="settle" onSubmit={submit}>
      <TextField
        label="Type the referral number"
        inputMode="numeric"
        value={typed}
        change={setTyped}
        hint={
          typed.trim() === '' || isNumber ? 'A check that you read the right one.' : 'Not the number of this referral.'
        }
      />
      <AreaField
        label="Your own reason"
        value={reason}
        change={setReason}
        rows={2}
        hint="What you read, and why you agree or not."
      />
      <div className="settle-answers">
        <Button type="submit" disabled={!fits || isBarred || send.isPending}>
          {of.doubts.length === 0 ? 'Clear' : 'Clear with its doubts'}
        </Button>
        <Button disabled={!fits || send.isPending} onClick={() => send.mutate(false)}>
          Refuse
        </Button>
        {isBarred ? <span className="field-hint">It can only be refused.</span> : null}
      </div>
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </form>
  )
}
