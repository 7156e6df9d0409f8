import { search } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../data/client.ts'
import { cellNow } from '../data/clock.ts'
import { type Priority, priorityNames } from '../data/types.ts'
import { Safe } from '../text/safe-text.tsx'
import { localInput, nextMorning, utc } from '../text/time.ts'
import { AreaField, Choices, SelectField, TextField } from '../ui/field.tsx'
import { Priority as Badge } from '../ui/priority.tsx'
import { ProblemLine } from '../ui/problem.tsx'
import type { CloseOutcome, Said } from './decide.ts'
import type { Verb } from './verbs.ts'

interface FieldsProps {
  readonly verb: Verb
  readonly said: Said
  readonly not: readonly string[]
  readonly say: (change: Partial<Said>) => void
}

const outcomes: readonly CloseOutcome[] = [
  'passed to a force',
  'passed to another agency',
  'no further action',
  'not an offence',
  'added to an operation',
]
const closeOutcome = (value: string): CloseOutcome | '' => outcomes.find((each) => each === value) ?? ''

const reasonLabel: Partial<Record<Verb, string>> = {
  note: 'Note',
  safeguard: 'What is needed, for whom',
}
const reasonHint: Partial<Record<Verb, string>> = {
  note: 'Notes are never edited.',
  safeguard: 'Opens a track with its own clock. Closing the referral does not close it.',
}

/** What a step needs to be told beside its target. */
export function Fields({ verb, said, not, say }: FieldsProps) {
  return (
    <>
      {verb === 'hold' ? <HoldFields said={said} say={say} /> : null}
      {verb === 'merge' ? <MergeField said={said} not={not} say={say} /> : null}
      {verb === 'priority' ? (
        <Choices<Priority>
          label="Priority"
          name="priority"
          value={said.to}
          options={priorityNames.map((value) => ({ value, says: <Badge level={value} /> }))}
          change={(to) => say({ to })}
        />
      ) : null}
      {verb === 'close' ? (
        <SelectField
          label="Outcome"
          value={said.outcome}
          options={outcomes.map((value) => ({ value, says: value }))}
          change={(value) => say({ outcome: closeOutcome(value) })}
          none="choose the outcome"
          required
        />
      ) : null}
      {verb === 'take' || verb === 'release' ? null : (
        <AreaField
          label={reasonLabel[verb] ?? 'Reason'}
          value={said.reason}
          change={(reason) => say({ reason })}
          required
          {...(reasonHint[verb] === undefined ? {} : { hint: reasonHint[verb] })}
        />
      )}
    </>
  )
}

const HOUR = 3_600_000
type Length = '1 hour' | '4 hours' | 'morning' | 'own'

function HoldFields({ said, say }: Pick<FieldsProps, 'said' | 'say'>) {
  const [length, setLength] = useState<Length>('1 hour')
  const [own, setOwn] = useState(localInput(nextMorning(cellNow()).at))
  const choose = (next: Length, typed = own) => {
    setLength(next)
    const now = cellNow()
    const until =
      next === '1 hour'
        ? new Date(now + HOUR)
        : next === '4 hours'
          ? new Date(now + 4 * HOUR)
          : next === 'morning'
            ? nextMorning(now).at
            : new Date(typed)
    say({ until: Number.isNaN(until.getTime()) ? '' : until.toISOString() })
  }
  return (
    <>
      <Choices<Length>
        label="Until"
        name="until"
        value={length}
        options={[
          { value: '1 hour', says: '1 hour' },
          { value: '4 hours', says: '4 hours' },
          { value: 'morning', says: nextMorning(cellNow()).says },
          { value: 'own', says: 'Another time' },
        ]}
        change={choose}
      />
      {length === 'own' ? (
        <TextField
          label="Until, on your clock"
          type="datetime-local"
          value={own}
          change={(value) => {
            setOwn(value)
            choose('own', value)
          }}
        />
      ) : null}
      <p className="field-hint">{said.until === '' ? 'Give a time.' : `Comes back by itself at ${utc(said.until)}.`}</p>
    </>
  )
}

function MergeField({ said, not, say }: Pick<FieldsProps, 'said' | 'not' | 'say'>) {
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['merge-search', text],
    queryFn: () => call(search, { body: { text } }),
    enabled: text.trim() !== '',
    gcTime: 0,
  })
  const options = (found.data?.referrals ?? []).filter((each) => !not.includes(each.id))
  return (
    <>
      <TextField
        label="Merge into referral number"
        inputMode="numeric"
        value={text}
        change={(value) => {
          setText(value)
          say({ into: '' })
        }}
        hint="The number of the referral that stays; a reference works too."
      />
      {found.isError ? <ProblemLine error={found.error} /> : null}
      {found.data !== undefined && options.length === 0 ? (
        <p className="field-hint">Nothing found, or not for you.</p>
      ) : null}
      {options.length === 0 ? null : (
        <fieldset className="choices">
          <legend>Found</legend>
          {options.slice(0, 8).map((each) => (
            <label key={each.id} className="choice choice-line">
              <input type="radio" name="into" checked={said.into === each.id} onChange={() => say({ into: each.id })} />
              <span>
                <Badge level={each.priority} /> <b className="number">{each.number}</b> {each.state} ·{' '}
                <Safe text={each.sender} /> · {utc(each.receivedAt, true, cellNow())}
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  )
}
