import { entryKind, proposeRun } from '@tandem/contract'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../data/client.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { Runs } from '../../data/types.ts'
import { many } from '../../text/words.ts'
import { AreaField, SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { type EventSaid, Events, eventOf } from './events.tsx'

const kinds = entryKind.options.filter((kind) => kind !== 'event')
type Kind = (typeof entryKind.options)[number]

const sizes = [256, 1024, 4096, 16_384].map((size) => ({ value: String(size), says: `at most ${size}` }))
const lives = [
  { value: '4', says: '4 hours' },
  { value: '24', says: '1 day' },
  { value: '72', says: '3 days' },
  { value: '168', says: '7 days' },
]
const reaches = ['100', '250', '500', '1000', '5000'].map((value) => ({ value, says: `${value} metres` }))
const slots = ['15', '30', '60', '120'].map((value) => ({ value, says: `${value} minutes` }))

/** What the other agency will read stands here; which entries it is, only we know. */
export function NewRequest({ peers, close }: { peers: Runs['peers']; close: () => void }) {
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<readonly Kind[]>(['phone', 'email'])
  const [events, setEvents] = useState<readonly EventSaid[]>([])
  const [said, setSaid] = useState({
    peer: peers[0]?.name ?? '',
    values: '',
    purpose: '',
    desk: '',
    hours: '24',
    mostHeld: '4096',
    reach: '500',
    slot: '30',
  })
  const say = (field: keyof typeof said) => (value: string) => setSaid((before) => ({ ...before, [field]: value }))
  const lines = said.values.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const planned = events.map(eventOf)
  const complete = planned.flatMap((event) => event ?? [])
  const ready =
    said.purpose.trim().length >= 3 &&
    said.desk.trim().length >= 3 &&
    complete.length === planned.length &&
    chosen.length + complete.length > 0
  const send = async () => {
    const { run, entries, left } = await call(proposeRun, {
      body: {
        peer: said.peer,
        kinds: [...chosen],
        ...(lines.length === 0 ? {} : { values: lines }),
        events: complete,
        ...(complete.length === 0 ? {} : { grid: { reachMetres: Number(said.reach), slotMinutes: Number(said.slot) } }),
        purpose: said.purpose,
        hours: Number(said.hours),
        mostHeld: Number(said.mostHeld),
        desk: said.desk,
      },
    })
    const without = left.reduce((sum, { count }) => sum + count, 0)
    toast({
      kind: 'done',
      says: `Proposed with ${many(entries, 'entry', 'entries')}${without === 0 ? '' : `, ${without} left out`}. A second person must approve.`,
    })
    void client.invalidateQueries({ queryKey: ['runs'] })
    void navigate({ to: '/deconfliction/$id', params: { id: run } })
  }
  return (
    <FormDialog
      title="Ask another agency"
      says="It sees who asks, on what authority, for which kinds, and your purpose. It sees no entry. Only you learn the hits."
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
        <legend>Kinds, of all that the referrals of this operation mention</legend>
        <div className="choices-row">
          {kinds.map((kind) => (
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
      <AreaField
        label="Only these values, one a line"
        value={said.values}
        change={say('values')}
        rows={2}
        hint="Left empty: all of the kinds above. A value that no referral of the operation mentions is left out."
      />
      <Events said={events} change={setEvents} />
      {events.length === 0 ? null : (
        <div className="field-pair">
          <SelectField label="Reach" value={said.reach} change={say('reach')} options={reaches} />
          <SelectField label="Slot of time" value={said.slot} change={say('slot')} options={slots} />
        </div>
      )}
      <AreaField
        label="Purpose, which the other agency reads"
        value={said.purpose}
        change={say('purpose')}
        rows={2}
        hint="Name no person and no value."
        required
      />
      <TextField
        label="Our desk, shown only when a hit is released"
        value={said.desk}
        change={say('desk')}
        hint="A desk and how to reach it; no name of a person."
        required
      />
      <div className="field-pair">
        <SelectField label="Answer within" value={said.hours} change={say('hours')} options={lives} />
        <SelectField label="Their list" value={said.mostHeld} change={say('mostHeld')} options={sizes} />
      </div>
    </FormDialog>
  )
}
