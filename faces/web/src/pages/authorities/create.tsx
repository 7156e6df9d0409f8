import { createAuthority } from '@tandem/contract'
import { useState } from 'react'
import { useStanding } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { cellNow } from '../../data/clock.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import { localInput, utc } from '../../text/time.ts'
import { AreaField, SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'

const DAY = 86_400_000
const instantOf = (local: string): string => {
  const date = new Date(local)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

export function CreateAuthority({ close }: { close: () => void }) {
  const { choices } = useStanding()
  const [said, setSaid] = useState(() => ({
    operation: choices.operations[0]?.id ?? '',
    kind: '',
    act: '',
    section: '',
    issuer: '',
    scope: '',
    necessity: '',
    proportionality: '',
    from: localInput(new Date(cellNow())),
    until: localInput(new Date(cellNow() + 90 * DAY)),
  }))
  const say = (field: keyof typeof said) => (value: string) => setSaid((before) => ({ ...before, [field]: value }))
  const { from, until, ...words } = said
  const body = { ...words, startsAt: instantOf(from), expiresAt: instantOf(until) }
  const ready = Object.values(body).every((value) => value.trim().length >= 2)
  const send = async () => {
    await call(createAuthority, { body })
    toast({ kind: 'done', says: 'The authority is in the register.' })
    void client.invalidateQueries({
      predicate: (query) => ['authorities', 'standing'].includes(String(query.queryKey[0])),
    })
  }
  return (
    <FormDialog
      title="Enter an authority"
      says="What an inspector will read: name the law, and why this is needed and no more than needed."
      submit="Add to the register"
      ready={ready}
      send={send}
      close={close}
    >
      <SelectField
        label="Operation"
        value={said.operation}
        change={say('operation')}
        options={choices.operations.map((each) => ({ value: each.id, says: each.name }))}
      />
      <div className="field-pair">
        <TextField label="Kind" value={said.kind} change={say('kind')} required />
        <TextField label="Issuer" value={said.issuer} change={say('issuer')} required />
        <TextField label="Act" value={said.act} change={say('act')} required />
        <TextField label="Section" value={said.section} change={say('section')} required />
        <TextField label="From" type="datetime-local" value={from} change={say('from')} required />
        <TextField label="Until" type="datetime-local" value={until} change={say('until')} required />
      </div>
      <p className="field-hint">
        On your clock; in UTC: {body.startsAt === '' ? '?' : utc(body.startsAt)} to{' '}
        {body.expiresAt === '' ? '?' : utc(body.expiresAt)}
      </p>
      <AreaField label="Scope" value={said.scope} change={say('scope')} rows={2} required />
      <AreaField label="Necessity" value={said.necessity} change={say('necessity')} rows={2} required />
      <AreaField
        label="Proportionality"
        value={said.proportionality}
        change={say('proportionality')}
        rows={2}
        required
      />
    </FormDialog>
  )
}
