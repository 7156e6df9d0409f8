import { setAsideValue } from '@tandem/contract'
import { useState } from 'react'
import { call } from '../../data/client.ts'
import type { Subject } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { AreaField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { decided } from './decided.ts'

type Value = Subject['personas'][number]

const columnsWith = (aside: ((value: Value) => void) | null): readonly Column<Value>[] => [
  { id: 'kind', head: 'Kind', value: ({ kind }) => kind },
  {
    id: 'value',
    head: 'Value',
    value: ({ normal }) => normal,
    cell: ({ normal }) => <Safe text={normal} />,
    grows: true,
  },
  { id: 'from', head: 'Told by', value: ({ from }) => from.join(', '), cut: true },
  {
    id: 'aside',
    head: 'Counts',
    value: ({ aside }) => (aside.length === 0 ? 'yes' : aside.map(({ because }) => because).join('; ')),
    cell: (value) =>
      value.aside.length > 0 ? (
        <span>
          <span className="tag">set aside</span>{' '}
          <Safe text={value.aside.map(({ because, reason }) => reason ?? because).join('; ')} />
        </span>
      ) : aside === null ? (
        'yes'
      ) : (
        <Button onClick={() => aside(value)}>Many share it …</Button>
      ),
  },
]

export function Values({
  name,
  of,
  values,
  decides,
}: {
  name: string
  of: Subject
  values: readonly Value[]
  decides: boolean
}) {
  const [asking, setAsking] = useState<Value | null>(null)
  if (values.length === 0) return <p className="dim">None is told.</p>
  return (
    <>
      <DataTable
        name={`Table: ${name}`}
        columns={columnsWith(decides ? setAsking : null)}
        rows={values}
        keyOf={({ observable }) => observable}
        rowClass={({ aside }) => (aside.length > 0 ? 'row-aside' : '')}
      />
      {asking === null ? null : <AsideDialog of={of} value={asking} close={() => setAsking(null)} />}
    </>
  )
}

type Named = Pick<Value, 'observable' | 'kind' | 'normal'>

export function AsideDialog({ of, value, close }: { of: Subject; value: Named; close: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title="Many share this value"
      says="It will count for nothing, also in links made long ago: what hung on it alone comes apart, and it ties nobody. It stays on the page and can be taken back."
      submit="Set it aside"
      ready={reason.trim().length >= 3}
      close={close}
      send={async () =>
        decided(
          await call(setAsideValue, {
            params: { id: of.id },
            body: { version: of.version, observable: value.observable, reason },
          }),
        )
      }
    >
      <p>
        {value.kind} <Safe text={value.normal} />
      </p>
      <AreaField
        label="Why"
        hint="It is kept, and read out where the link is asked about."
        value={reason}
        change={setReason}
        required
      />
    </FormDialog>
  )
}
