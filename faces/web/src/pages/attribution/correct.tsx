import { correctAttribution } from '@tandem/contract'
import { useState } from 'react'
import { call } from '../../data/client.ts'
import { ownChange } from '../../data/live.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import type { Attribution } from '../../data/types.ts'
import { AreaField, SelectField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'

const gradings = ['not decided', 'recordable', 'reportable'] as const

/** One person suffices: that something is wrong must never wait for another. */
export function CorrectDialog({ of, close }: { of: Attribution; close: () => void }) {
  const [what, setWhat] = useState('')
  const [cause, setCause] = useState('')
  const [impact, setImpact] = useState('')
  const [told, setTold] = useState('')
  const [grading, setGrading] = useState<(typeof gradings)[number]>('not decided')
  return (
    <FormDialog
      title="The attribution was wrong"
      says="Opens an error record. From now on the attribution is shown as in error wherever it is shown; nothing is deleted. Whether it must be reported, and by when, your code of practice says."
      submit="Open the error record"
      ready={[what, cause, impact].every((text) => text.trim().length >= 3)}
      close={close}
      send={async () => {
        ownChange(of.referral)
        const who = told
          .split('\n')
          .map((each) => each.trim())
          .filter((each) => each !== '')
        const body = { what, cause, impact, told: who, grading }
        const { says } = await call(correctAttribution, { params: { id: of.id }, body })
        toast({ kind: 'done', says })
        await client.invalidateQueries({ queryKey: ['attributions'] })
      }}
    >
      <AreaField label="What was wrong" value={what} change={setWhat} rows={2} required />
      <AreaField label="How it came about" value={cause} change={setCause} rows={2} required />
      <AreaField label="What came of it, for whom" value={impact} change={setImpact} rows={2} required />
      <AreaField label="Who was told" hint="One a line; may be empty." value={told} change={setTold} rows={2} />
      <SelectField
        label="Grading, as you judge it"
        value={grading}
        options={gradings.map((value) => ({ value, says: value }))}
        change={(value) => setGrading(gradings.find((each) => each === value) ?? 'not decided')}
      />
    </FormDialog>
  )
}
