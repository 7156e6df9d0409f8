import { mergeSubjects, showSubject, splitSubject } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../data/client.ts'
import type { Subject } from '../../data/types.ts'
import { useRecord } from '../../data/use-record.ts'
import { Safe } from '../../text/safe-text.tsx'
import { AreaField, SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { decided } from './decided.ts'

const evidenceOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function Because({
  reason,
  setReason,
  evidence,
  setEvidence,
}: {
  reason: string
  setReason: (text: string) => void
  evidence: string
  setEvidence: (text: string) => void
}) {
  return (
    <>
      <AreaField
        label="Why"
        hint="It is kept, and read out where the link is asked about."
        value={reason}
        change={setReason}
        required
      />
      <AreaField
        label="What it rests on"
        hint="One reference a line; may be empty."
        rows={2}
        value={evidence}
        change={setEvidence}
      />
    </>
  )
}

/** The two side by side before they are joined. */
export function MergeDialog({ of, close }: { of: Subject; close: () => void }) {
  const [other, setOther] = useState('')
  const [reason, setReason] = useState('')
  const [evidence, setEvidence] = useState('')
  const [, number = '', person = ''] = /^\s*S-(\d+)\.(\d+)\s*$/i.exec(other) ?? []
  // Whoever is named stands in the referral that gives the name, whatever rank or role.
  const record = useRecord(number)
  const chosen = record?.subjects.find((each) => each.person === Number(person) - 1)
  const beside = useQuery({
    queryKey: ['subject', chosen?.id ?? ''],
    queryFn: () => call(showSubject, { params: { id: chosen?.id ?? '' } }),
    enabled: chosen !== undefined && chosen.id !== of.id,
  })
  return (
    <FormDialog
      title={`${of.label} is the same as another subject`}
      says="A decision that the two are one person. It holds until it is taken back; evidence that says otherwise is shown beside it."
      submit="They are one person"
      ready={beside.data !== undefined && reason.trim().length >= 3}
      close={close}
      send={async () => {
        if (beside.data === undefined) return
        decided(
          await call(mergeSubjects, {
            body: {
              one: { id: of.id, version: of.version },
              other: { id: beside.data.id, version: beside.data.version },
              reason,
              evidence: evidenceOf(evidence),
              expiresAt: null,
            },
          }),
        )
      }}
    >
      <TextField label="The other subject" hint="As it is called: S-1042.1" value={other} change={setOther} required />
      {chosen?.id === of.id ? <p>That is this one.</p> : null}
      {beside.data === undefined ? null : (
        <div className="side-by-side">
          <Short of={of} />
          <Short of={beside.data} />
        </div>
      )}
      <Because {...{ reason, setReason, evidence, setEvidence }} />
    </FormDialog>
  )
}

function Short({ of }: { of: Subject }) {
  return (
    <section aria-label={of.label}>
      <h3>{of.label}</h3>
      <ul className="plain-list small-text">
        {of.appearances.slice(0, 8).map(({ id, label, role, names }) => (
          <li key={id}>
            {label}: {role} <Safe text={names.join(' / ')} />
          </li>
        ))}
        {[...of.personas, ...of.observables].slice(0, 12).map(({ observable, kind, normal }) => (
          <li key={observable}>
            {kind} <Safe text={normal} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export function SplitDialog({ of, close }: { of: Subject; close: () => void }) {
  const [apart, setApart] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [evidence, setEvidence] = useState('')
  const [way, setWay] = useState('')
  const choose = (ids: readonly string[]) => setApart(new Set(ids))
  const isReady = apart.size > 0 && apart.size < of.appearances.length && reason.trim().length >= 3
  const proposed = of.two?.parts.at(-1) ?? []
  return (
    <FormDialog
      title={`Some of ${of.label} are another person`}
      says="Each of those you choose is kept from each of the rest, whatever else is found. It can be taken back."
      submit="They are another person"
      ready={isReady}
      close={close}
      send={async () =>
        decided(
          await call(splitSubject, {
            params: { id: of.id },
            body: { version: of.version, apart: [...apart], reason, evidence: evidenceOf(evidence), expiresAt: null },
          }),
        )
      }
    >
      {proposed.length === 0 ? null : (
        <SelectField
          label="Begin with"
          value={way}
          none="nobody chosen"
          options={[{ value: 'two', says: `the likeliest second person: ${proposed.join(', ')}` }]}
          change={(value) => {
            setWay(value)
            choose(
              value === '' ? [] : of.appearances.filter(({ label }) => proposed.includes(label)).map(({ id }) => id),
            )
          }}
        />
      )}
      <fieldset className="choices">
        <legend>Who is the other person</legend>
        {of.appearances.map(({ id, label, role, names }) => (
          <label key={id} className="choice">
            <input
              type="checkbox"
              checked={apart.has(id)}
              onChange={() => choose(apart.has(id) ? [...apart].filter((each) => each !== id) : [...apart, id])}
            />
            <span>
              {label}: {role} <Safe text={names.join(' / ')} />
            </span>
          </label>
        ))}
      </fieldset>
      <Because {...{ reason, setReason, evidence, setEvidence }} />
    </FormDialog>
  )
}
