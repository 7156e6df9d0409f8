import { acceptRun, decideRun, refuseRun, stopRun } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { RunLine } from '../../data/types.ts'
import { Button } from '../../ui/button.tsx'
import { AreaField, TextField } from '../../ui/field.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { type EventSaid, Events, eventOf } from './events.tsx'

export const refreshRuns = () =>
  Promise.all([client.invalidateQueries({ queryKey: ['runs'] }), client.invalidateQueries({ queryKey: ['run'] })])

/** What a person of this side can do with the run now. */
export function Decide({ run }: { run: RunLine }) {
  const { may } = useDesk()
  if (!may.has('deconfliction.decide')) return null
  if (run.state === 'waiting' || run.state === 'running') return <Stop run={run} />
  if (run.expired) return null
  if (run.state === 'received') return <AnswerThem run={run} />
  if (run.state !== 'proposed') return null
  if (run.mine) return <p className="dim">You proposed this: another person must approve it before anything is sent.</p>
  return <SecondPerson run={run} />
}

function SecondPerson({ run }: { run: RunLine }) {
  const [reason, setReason] = useState('')
  const send = useMutation({
    mutationFn: (approve: boolean) => call(decideRun, { params: { id: run.id }, body: { approve, reason } }),
    onSuccess: ({ state }) => {
      toast({
        kind: 'done',
        says: state === 'waiting' ? `Sent to ${run.peer}. Their people decide now.` : 'Refused. Nothing was sent.',
      })
      return refreshRuns()
    },
  })
  const ready = reason.trim().length >= 3 && !send.isPending
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) send.mutate(true)
  }
  return (
    <Section title="Second person">
      <form className="run-form" onSubmit={submit}>
        <p className="dim">Read the terms below first. Approval sends the request; no entry leaves in clear.</p>
        <AreaField label="Your own reason" value={reason} change={setReason} rows={2} />
        {/* Neither answer is put forward: the second person decides freely. */}
        <div className="settle-answers">
          <Button type="submit" disabled={!ready}>
            Approve and send
          </Button>
          <Button disabled={!ready} onClick={() => send.mutate(false)}>
            Refuse
          </Button>
        </div>
        {send.isError ? <ProblemLine error={send.error} /> : null}
      </form>
    </Section>
  )
}

function AnswerThem({ run }: { run: RunLine }) {
  const [reason, setReason] = useState('')
  const [desk, setDesk] = useState('')
  const [events, setEvents] = useState<readonly EventSaid[]>([])
  const planned = events.map(eventOf)
  const complete = planned.flatMap((event) => event ?? [])
  const send = useMutation({
    mutationFn: async (accept: boolean) => {
      const params = { id: run.id }
      if (!accept) {
        await call(refuseRun, { params, body: { reason } })
        return 'Refused. They hear that it was refused, not why.'
      }
      const { entries } = await call(acceptRun, { params, body: { reason, desk, events: complete } })
      return `Accepted with ${entries} own entries. The machines compare now.`
    },
    onSuccess: (says) => {
      toast({ kind: 'done', says })
      return refreshRuns()
    },
  })
  const hasReason = reason.trim().length >= 3 && !send.isPending
  const ready = hasReason && desk.trim().length >= 3 && complete.length === planned.length
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) send.mutate(true)
  }
  return (
    <Section title="Their request">
      <form className="run-form" onSubmit={submit}>
        <p className="dim">
          Accepted, it meets what the referrals of your operation mention of these kinds. They learn which of their own
          entries you hold too; you learn nothing until they release a hit.
        </p>
        <AreaField label="Your own reason" value={reason} change={setReason} rows={2} />
        <TextField
          label="Our desk, shown only where they release a hit"
          value={desk}
          change={setDesk}
          hint="A desk and how to reach it; no name of a person."
        />
        {run.kinds.includes('event') ? <Events said={events} change={setEvents} /> : null}
        <div className="settle-answers">
          <Button type="submit" disabled={!ready}>
            Accept
          </Button>
          <Button disabled={!hasReason} onClick={() => send.mutate(false)}>
            Refuse the request
          </Button>
        </div>
        {send.isError ? <ProblemLine error={send.error} /> : null}
      </form>
    </Section>
  )
}

function Stop({ run }: { run: RunLine }) {
  const send = useMutation({
    mutationFn: () => call(stopRun, { params: { id: run.id }, body: {} }),
    onSuccess: () => {
      toast({ kind: 'done', says: 'Stopped. This run has no answer.' })
      return refreshRuns()
    },
  })
  return (
    <p>
      <Button disabled={send.isPending} onClick={() => send.mutate()}>
        Stop the run
      </Button>
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </p>
  )
}
