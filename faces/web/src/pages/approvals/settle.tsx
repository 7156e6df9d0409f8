import { settle } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../../data/client.ts'
import { refreshSoon } from '../../data/live.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { AreaField, TextField } from '../../ui/field.tsx'
import { ProblemLine } from '../../ui/problem.tsx'

/** A second person looks, types the number as a check that the right record was read, and says yes or no. */
export function Settle({ proposal, number, mine }: { proposal: string; number: number; mine: boolean }) {
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const send = useMutation({
    mutationFn: (approve: boolean) =>
      call(settle, { params: { id: proposal }, body: { approve, number: Number(typed), reason } }),
    onSuccess: ({ state, effectivePriority }) => {
      const now = effectivePriority === null ? '' : ` It is ${effectivePriority} now.`
      toast({ kind: 'done', says: `Proposal on ${number} ${state}.${now}` })
      refreshSoon()
      return Promise.all([
        client.invalidateQueries({ queryKey: ['proposals'] }),
        client.invalidateQueries({ queryKey: ['referral'] }),
      ])
    },
  })
  if (mine) return <p className="dim">Waits for the second person. You proposed this: another person must settle it.</p>
  const isNumber = typed.trim() === String(number)
  const fits = isNumber && reason.trim().length >= 3
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (fits) send.mutate(true)
  }
  return (
    <form className="settle" onSubmit={submit}>
      <p className="dim small-text">
        You, as second person. Your answer stands beside the proposal, each with its own reason.
      </p>
      <TextField
        label="Type the referral number"
        inputMode="numeric"
        value={typed}
        change={setTyped}
        hint={
          typed.trim() === '' || isNumber ? 'A check that you read the right one.' : 'Not the number of this proposal.'
        }
      />
      <AreaField
        label="Your own reason"
        value={reason}
        change={setReason}
        rows={2}
        hint="What you read, and why you agree or not."
      />
      {/* Neither answer is put forward: the second person decides freely. */}
      <div className="settle-answers">
        <Button type="submit" disabled={!fits || send.isPending}>
          Approve
        </Button>
        <Button disabled={!fits || send.isPending} onClick={() => send.mutate(false)}>
          Refuse
        </Button>
        {fits ? null : <span className="field-hint">Number and reason first.</span>}
      </div>
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </form>
  )
}
