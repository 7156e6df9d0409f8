import { choose } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../data/client.ts'
import { client, standingQuery } from '../data/queries.ts'
import { steps } from '../decide/decide.ts'
import { dropDrafts } from '../decide/drafts.ts'
import { utc } from '../text/time.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { SelectField } from '../ui/field.tsx'
import { ProblemLine } from '../ui/problem.tsx'
import { useStanding } from './desk.ts'
import { SignOut } from './sign-out.tsx'

export function ChooseStanding({ close }: { close: () => void }) {
  const now = useStanding()
  const { operations, authorities, purposes } = now.choices
  const [operation, setOperation] = useState(now.operation?.id ?? operations[0]?.id ?? '')
  const [authority, setAuthority] = useState(now.authority?.id ?? '')
  const [purpose, setPurpose] = useState(now.purpose?.id ?? '')
  const ofOperation = authorities.filter((each) => each.operationId === operation)
  const tasks = purposes.filter((each) => each.operationId === operation)
  const chosen = {
    operation,
    authority: ofOperation.some((each) => each.id === authority) ? authority : (ofOperation[0]?.id ?? ''),
    purpose: tasks.some((each) => each.id === purpose) ? purpose : (tasks[0]?.id ?? ''),
  }
  const send = useMutation({
    mutationFn: () => call(choose, { body: chosen }),
    onSuccess: async () => {
      close()
      steps.set([])
      dropDrafts()
      await client.fetchQuery({ ...standingQuery, staleTime: 0 })
      await client.resetQueries({ predicate: (query) => query.queryKey[0] !== 'standing' })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate()
  }
  const ready = chosen.operation !== '' && chosen.authority !== '' && chosen.purpose !== ''
  return (
    <Dialog
      title="Work under"
      says="Every search, opening and decision is recorded under what you choose here."
      close={close}
    >
      <form onSubmit={submit} className="form">
        <SelectField
          label="Operation"
          value={operation}
          change={setOperation}
          options={operations.map((each) => ({ value: each.id, says: each.name }))}
        />
        <SelectField
          label="Authority"
          value={chosen.authority}
          change={setAuthority}
          options={ofOperation.map((each) => ({ value: each.id, says: `${each.name} · until ${utc(each.expiresAt)}` }))}
          {...(ofOperation.length === 0
            ? { none: 'none in force', hint: 'Ask whoever keeps the register for a new one.' }
            : {})}
        />
        <SelectField
          label="Purpose"
          value={chosen.purpose}
          change={setPurpose}
          options={tasks.map((each) => ({ value: each.id, says: `${each.task} (${each.code})` }))}
          {...(tasks.length === 0 ? { none: 'no task under this operation' } : {})}
        />
        {send.isError ? <ProblemLine error={send.error} /> : null}
        <footer className="dialog-foot">
          <SignOut />
          <span className="spread" />
          <Button onClick={close}>Cancel</Button>
          <Button look="strong" type="submit" disabled={!ready || send.isPending}>
            Work under this
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
