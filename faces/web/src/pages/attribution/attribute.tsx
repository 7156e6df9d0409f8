import { judgeAttribution, proposeAttribution } from '@tandem/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { ownChange } from '../../data/live.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { ThreeValued } from '../../data/types.ts'
import { useRecord } from '../../data/use-record.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { AreaField, SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { useSettled } from '../../ui/use-settled.ts'
import { Doubts } from './doubts.tsx'
import { type Draft, emptyDraft, type Given, givenBy, type LineKind } from './given.ts'
import { RecordPicker } from './record-picker.tsx'

interface Use {
  readonly referral: string
  readonly person: number
  readonly event: number
  readonly address: string
}

/** From the use of an address to its attribution, with one click: the address is copied by its place. */
export function AttributeButton(use: Use) {
  const { may } = useDesk()
  const [open, setOpen] = useState(false)
  if (!may.has('attribution.propose')) return null
  return (
    <>
      <Button look="quiet" className="attribute" onClick={() => setOpen(true)} aria-label={`Attribute ${use.address}`}>
        Attribute …
      </Button>
      {open ? <AttributeDialog use={use} close={() => setOpen(false)} /> : null}
    </>
  )
}

const lineKinds: readonly { value: LineKind; says: string }[] = [
  { value: 'other answer', says: 'Another provider’s answer' },
  { value: 'other address use', says: 'A use of another address' },
  { value: 'account in the name', says: 'An account registered to the name' },
  { value: 'observation', says: 'An officer’s observation, by reference' },
]

const threeValues = [
  { value: 'not said', says: 'Not checked' },
  { value: 'no', says: 'Checked: no' },
  { value: 'yes', says: 'Checked: yes' },
] as const
const parsed = (text: string): ThreeValued => threeValues.find(({ value }) => value === text)?.value ?? 'not said'

const checkLabels = [
  ['sharedPremises', 'Is the line in shared premises?'],
  ['otherUsers', 'Could others use the line?'],
  ['addressTranslation', 'Does the provider share the address between customers?'],
  ['anonymiser', 'Does the address belong to a VPN or a proxy?'],
] as const

function AttributeDialog({ use, close }: { use: Use; close: () => void }) {
  const { referral, person, event } = use
  const [draft, setDraft] = useState(emptyDraft)
  const [reason, setReason] = useState('')
  const [override, setOverride] = useState('')
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const answer = useRecord(draft.answer.number)
  const line = useRecord(draft.line.number)
  const given = givenBy(draft, { referral, person, event }, answer, line)
  const wanted = JSON.stringify(given)
  const settled = useSettled(wanted)
  const judged = useQuery({
    queryKey: ['attribution judged', settled],
    queryFn: () => {
      const body: Given = JSON.parse(settled)
      return call(judgeAttribution, { body })
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const doubts = judged.data?.doubts ?? []
  const isCopied = judged.data?.attributed ?? null
  return (
    <FormDialog
      title="Whose line was it?"
      says="Address, port and time are copied from the report by their place, name and address from the answer. Nothing of it can be typed. Another person must agree."
      submit="Propose"
      ready={judged.data !== undefined && !judged.isPlaceholderData && settled === wanted && reason.trim().length >= 3}
      close={close}
      send={() => propose(given, reason, override, referral)}
    >
      <section aria-live="polite" aria-label="What is missing">
        {judged.isError ? <ProblemLine error={judged.error} /> : null}
        {judged.data === undefined ? <p className="dim">Judging …</p> : <Doubts of={doubts} />}
      </section>
      <p className="small-text">
        Use of <code>{<Safe text={use.address} />}</code>
        {judged.data === undefined ? null : (
          <>
            , {judged.data.use.port === null ? 'no port' : `port ${judged.data.use.port}`},{' '}
            <Safe text={judged.data.use.time?.instant ?? 'no one instant'} />
          </>
        )}
        .{' '}
        {isCopied === null ? null : (
          <>
            From the answer:{' '}
            <Safe text={[isCopied.name, isCopied.address].filter((each) => each !== null).join(', ')} />.
          </>
        )}
      </p>
      <RecordPicker
        label="Number of the provider’s answer"
        who="Which row of the answer"
        hint="The record in which the answer came in. Without one nothing can be cleared."
        record={answer}
        picked={draft.answer}
        pick={(picked) => change({ answer: picked })}
      />
      {checkLabels.map(([check, label]) => (
        <SelectField
          key={check}
          label={label}
          value={draft.checks[check]}
          options={threeValues}
          change={(value) => change({ checks: { ...draft.checks, [check]: parsed(value) } })}
        />
      ))}
      <SecondLine draft={draft} change={change} record={line} />
      <AreaField label="Why" value={reason} change={setReason} rows={2} required />
      {doubts.length === 0 ? null : (
        <AreaField
          label="Why it shall be cleared in spite of its doubts"
          hint="Only where it cannot wait. Without it the attribution can only be refused; the doubts travel with it by name."
          value={override}
          change={setOverride}
          rows={2}
        />
      )}
    </FormDialog>
  )
}

function SecondLine({
  draft,
  change,
  record,
}: {
  draft: Draft
  change: (part: Partial<Draft>) => void
  record: ReturnType<typeof useRecord>
}) {
  const events = record?.people.find(({ index }) => String(index) === draft.line.person)?.ipEvents ?? []
  return (
    <>
      <SelectField
        label="Second line"
        none="None yet"
        value={draft.kind}
        options={lineKinds}
        change={(kind) => change({ kind: lineKinds.find(({ value }) => value === kind)?.value ?? '' })}
      />
      {draft.kind === '' ? null : draft.kind === 'observation' ? (
        <>
          <TextField
            label="Where the observation is written down"
            value={draft.reference}
            change={(reference) => change({ reference })}
          />
          <SelectField
            label="Is it of the same person?"
            value={draft.samePerson}
            options={threeValues}
            change={(value) => change({ samePerson: parsed(value) })}
          />
        </>
      ) : (
        <RecordPicker
          label="Number of the record of the second line"
          who="Which person of that record"
          hint="Another file, another address, the same name."
          record={record}
          picked={draft.line}
          pick={(picked) => change({ line: picked, event: '' })}
        />
      )}
      {draft.kind !== 'other address use' || events.length === 0 ? null : (
        <SelectField
          label="Which use of an address"
          none="Choose"
          value={draft.event}
          options={events.map((each, at) => ({
            value: String(at),
            says: `${each.address}, ${each.time?.original ?? 'no time'}`,
          }))}
          change={(event) => change({ event })}
        />
      )}
    </>
  )
}

async function propose(given: Given, reason: string, override: string, referral: string): Promise<void> {
  ownChange(referral)
  const body = { ...given, reason, override: override.trim().length >= 3 ? override : null }
  const { says } = await call(proposeAttribution, { body })
  toast({ kind: 'done', says })
  await client.invalidateQueries({ queryKey: ['attributions'] })
}
