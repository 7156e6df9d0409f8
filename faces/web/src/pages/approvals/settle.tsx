import { settle } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../../data/client.ts'
import { refreshSoon } from '../../data/live.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
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
  if (mine) return <p className="dim">You proposed this: another person must settle it.</p>
  const fits = typed.trim() === String(number) && reason.trim().length >= 3
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (fits) send.mutate(true)
  }
  return (
    <form className="settle" onSubmit={submit}>
      <TextField label="Type the referral number" inputMode="numeric" value={typed} change={setTyped} />
      <TextField label="Your own reason" value={reason} change={setReason} />
      <Button look="strong" type="submit" disabled={!fits || send.isPending}>
        Approve
      </Button>
      <Button disabled={!fits || send.isPending} onClick={() => send.mutate(false)}>
        Refuse
      </Button>
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </form>
  )
}
