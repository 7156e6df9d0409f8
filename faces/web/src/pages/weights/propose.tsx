import { proposeWeightSet } from '@tandem/contract'
import { useState } from 'react'
import { call } from '../../data/client.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'

export function ProposeFromChoices({ close }: { close: () => void }) {
  const [name, setName] = useState('')
  const [why, setWhy] = useState('')
  const send = async () => {
    const answer = await call(proposeWeightSet, {
      body: { from: 'choices', name: name.trim(), ...(why.trim() === '' ? {} : { why: why.trim() }) },
    })
    await client.invalidateQueries({ queryKey: ['weights'] })
    const says = answer.outcome === 'nothing' ? `Nothing was proposed. ${answer.says}` : answer.says
    toast({ kind: 'done', says })
  }
  return (
    <FormDialog
      title="Propose weights from choices"
      says="Learned from the latest choices of this operation, and replayed over its open queue. Nothing comes into force."
      submit="Propose"
      ready={/^[a-z0-9][a-z0-9.-]{2,59}$/.test(name.trim()) && (why.trim() === '' || why.trim().length >= 3)}
      send={send}
      close={close}
    >
      <TextField
        label="Name of the set"
        hint="Small letters, digits, dots and hyphens: tandem-2-trial. It stays with these numbers for good."
        value={name}
        change={setName}
        required
      />
      <TextField label="Why (may be left out)" value={why} change={setWhy} />
    </FormDialog>
  )
}
