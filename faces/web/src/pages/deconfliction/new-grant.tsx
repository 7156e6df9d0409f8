import { lookupKind, proposeGrant } from '@tandem/contract'
import { useState } from 'react'
import { call } from '../../data/client.ts'
import { toast } from '../../data/toasts.ts'
import type { Lookups } from '../../data/types.ts'
import { AreaField, SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { refreshLookups } from './lookups.tsx'

type Kind = (typeof lookupKind.options)[number]

const lives = [
  { value: '12', says: '12 hours' },
  { value: '24', says: '1 day' },
  { value: '72', says: '3 days' },
  { value: '168', says: '7 days' },
]

/** Agreed before the night: what the other agency will read stands here. */
export function NewGrant({ peers, close }: { peers: Lookups['peers']; close: () => void }) {
  const [chosen, setChosen] = useState<readonly Kind[]>(['phone', 'email'])
  const [said, setSaid] = useState({ peer: peers[0]?.name ?? '', lookups: '20', hours: '72', purpose: '' })
  const say = (field: keyof typeof said) => (value: string) => setSaid((before) => ({ ...before, [field]: value }))
  const lookups = Number(said.lookups)
  const ready =
    chosen.length > 0 && Number.isInteger(lookups) && lookups >= 1 && lookups <= 1000 && said.purpose.trim().length >= 3
  const send = async () => {
    await call(proposeGrant, {
      body: { peer: said.peer, kinds: [...chosen], lookups, hours: Number(said.hours), purpose: said.purpose },
    })
    toast({ kind: 'done', says: 'Lookups proposed. A second person must approve.' })
    void refreshLookups()
  }
  return (
    <FormDialog
      title="Ask for lookups"
      says="It sees who asks, on what authority, for which kinds and how many. It never sees a value; only you learn an answer."
      submit="Propose"
      ready={ready}
      send={send}
      close={close}
    >
      <SelectField
        label="Agency"
        value={said.peer}
        change={say('peer')}
        options={peers.map(({ name, label }) => ({ value: name, says: label }))}
      />
      <fieldset className="choices">
        <legend>Kinds</legend>
        <div className="choices-row">
          {lookupKind.options.map((kind) => (
            <label key={kind} className="choice">
              <input
                type="checkbox"
                checked={chosen.includes(kind)}
                onChange={(change) =>
                  setChosen(change.target.checked ? [...chosen, kind] : chosen.filter((each) => each !== kind))
                }
              />
              <span>{kind}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="field-pair">
        <TextField
          label="Lookups, at most 1000"
          inputMode="numeric"
          value={said.lookups}
          change={say('lookups')}
          required
        />
        <SelectField label="For" value={said.hours} change={say('hours')} options={lives} />
      </div>
      <AreaField
        label="Purpose, which the other agency reads"
        value={said.purpose}
        change={say('purpose')}
        rows={2}
        hint="Name no person and no value."
        required
      />
    </FormDialog>
  )
}
