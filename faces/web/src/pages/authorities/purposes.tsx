import { type allAuthorities, createPurpose, type ResponseOf } from '@tandem/contract'
import { useMemo, useState } from 'react'
import { useDesk, useStanding } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { When } from '../../ui/when.tsx'

type Register = ResponseOf<typeof allAuthorities>
type Purpose = Register['purposes'][number]

export function Purposes({ of }: { of: Register }) {
  const { choices } = useStanding()
  const { may } = useDesk()
  const [creating, setCreating] = useState(false)
  const columns = useMemo<readonly Column<Purpose>[]>(() => {
    const names = new Map([
      ...of.authorities.map((each) => [each.operation.id, each.operation.name] as const),
      ...choices.operations.map((each) => [each.id, each.name] as const),
    ])
    const nameOf = (id: string) => names.get(id) ?? 'another operation'
    return [
      { id: 'code', head: 'Code', value: (each) => each.code, cell: (each) => <Safe text={each.code} /> },
      { id: 'task', head: 'Task', value: (each) => each.task, cell: (each) => <Safe text={each.task} />, grows: true },
      {
        id: 'operation',
        head: 'Operation',
        value: (each) => nameOf(each.operation),
        cell: (each) => <Safe text={nameOf(each.operation)} />,
      },
      {
        id: 'ended',
        head: 'Ended',
        value: (each) => each.endedAt,
        cell: (each) =>
          each.endedAt === null ? <span className="tag tag-strong">open</span> : <When short at={each.endedAt} />,
      },
    ]
  }, [of.authorities, choices.operations])
  return (
    <>
      <DataTable
        name="Register of purposes"
        columns={columns}
        rows={of.purposes}
        keyOf={(each) => each.id}
        aside={may.has('purpose.create') ? <Button onClick={() => setCreating(true)}>Enter a purpose</Button> : null}
      />
      {creating ? <CreatePurpose close={() => setCreating(false)} /> : null}
    </>
  )
}

function CreatePurpose({ close }: { close: () => void }) {
  const { choices } = useStanding()
  const [operation, setOperation] = useState(choices.operations[0]?.id ?? '')
  const [code, setCode] = useState('')
  const [task, setTask] = useState('')
  const send = async () => {
    await call(createPurpose, { body: { operation, code, task } })
    toast({ kind: 'done', says: 'The purpose can be chosen now.' })
    void client.invalidateQueries({
      predicate: (query) => ['authorities', 'standing'].includes(String(query.queryKey[0])),
    })
  }
  return (
    <FormDialog
      title="Enter a purpose"
      says="A task under an operation: why someone looks now."
      submit="Add to the register"
      ready={operation !== '' && code.trim().length >= 2 && task.trim().length >= 3}
      send={send}
      close={close}
    >
      <SelectField
        label="Operation"
        value={operation}
        change={setOperation}
        options={choices.operations.map((each) => ({ value: each.id, says: each.name }))}
      />
      <TextField label="Code" value={code} change={setCode} required />
      <TextField label="Task" value={task} change={setTask} required />
    </FormDialog>
  )
}
