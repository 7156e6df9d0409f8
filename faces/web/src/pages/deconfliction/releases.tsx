import { decideRelease } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { toast } from '../../data/toasts.ts'
import type { RunShown } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { AreaField } from '../../ui/field.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { refreshRuns } from './decide.tsx'

type Shown = RunShown['releases'][number]

const states: Readonly<Record<Shown['state'], string>> = {
  proposed: 'waits for a second person',
  refused: 'refused, nothing was sent',
  approved: 'approved, not arrived yet',
  sent: 'sent',
  received: 'they released this to us',
}

/** What was shown to the other side, or by it: own entries, and desks. No name of a person, and no value of theirs. */
export function Releases({ of }: { of: readonly Shown[] }) {
  return (
    <Section title="Releases" count={of.length}>
      <ul className="proposals">
        {of.map((release) => (
          <li key={release.id} className="card" aria-label={`Release, ${states[release.state]}`}>
            <p>
              <span className="tag">{states[release.state]}</span> by <Safe text={release.by} />,{' '}
              <When at={release.at} />
              {release.decidedBy === null ? null : (
                <>
                  , second person <Safe text={release.decidedBy} />
                </>
              )}
            </p>
            <ul className="hit-list">
              {release.entries.map(({ kind, shown }) => (
                <li key={`${kind} ${shown}`}>
                  <span className="tag">{kind}</span> <Safe text={shown} />
                </li>
              ))}
            </ul>
            <Pointers of={release} />
            {release.alarms.map(({ code, says }) => (
              <p key={code} className="problem">
                <span aria-hidden="true" className="problem-sign">
                  !
                </span>
                <span>Alarm: {says}</span>
              </p>
            ))}
            {release.state === 'proposed' || release.state === 'approved' ? <SecondPerson of={release} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Pointers({ of: { state, desk, pointers } }: { of: Shown }) {
  if (state === 'received')
    return (
      <p>
        Talk to: <b>{<Safe text={desk} />}</b>
      </p>
    )
  if (state !== 'sent')
    return (
      <p className="dim">
        Our desk in it: <Safe text={desk} />
      </p>
    )
  return pointers.length === 0 ? (
    <p>They name no desk for it. Call them.</p>
  ) : (
    <p>
      Talk to: <b>{<Safe text={pointers.join('; ')} />}</b>
    </p>
  )
}

function SecondPerson({ of }: { of: Shown }) {
  const [reason, setReason] = useState('')
  const { may } = useDesk()
  const send = useMutation({
    mutationFn: (approve: boolean) => call(decideRelease, { params: { id: of.id }, body: { approve, reason } }),
    onSuccess: ({ state, says }) => {
      toast(
        says === null
          ? {
              kind: 'done',
              says: state === 'sent' ? 'Released. Their desk is shown here.' : 'Refused. Nothing was sent.',
            }
          : { kind: 'problem', says: `Approved, but it did not arrive: ${says} Send it again.` },
      )
      return refreshRuns()
    },
  })
  if (!may.has('deconfliction.release')) return null
  if (of.mine && of.state === 'proposed')
    return <p className="dim">You proposed this: another person must approve it before anything is sent.</p>
  const ready = reason.trim().length >= 3 && !send.isPending
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) send.mutate(true)
  }
  return (
    <form className="run-form" onSubmit={submit}>
      <AreaField label="Your own reason" value={reason} change={setReason} rows={2} />
      <div className="settle-answers">
        <Button type="submit" disabled={!ready}>
          {of.state === 'approved' ? 'Send again' : 'Approve and release'}
        </Button>
        {of.state === 'proposed' ? (
          <Button disabled={!ready} onClick={() => send.mutate(false)}>
            Refuse
          </Button>
        ) : null}
      </div>
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </form>
  )
}
