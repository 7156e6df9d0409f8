import { openLookupAudit, type ResponseOf } from '@tandem/contract'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import type { Lookups } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'
import { refreshLookups } from './lookups.tsx'

type Audit = Lookups['audits'][number]
type Opened = ResponseOf<typeof openLookupAudit>
type Line = Opened['shown'][number]

const columns: readonly Column<Line>[] = [
  { id: 'number', head: 'Number', value: ({ number }) => number, align: 'end' },
  { id: 'kind', head: 'Kind', value: ({ kind }) => kind },
  { id: 'value', head: 'Value', value: ({ value }) => value, cell: ({ value }) => <Safe text={value} />, grows: true },
  { id: 'reason', head: 'Why', value: ({ reason }) => reason, cell: ({ reason }) => <Safe text={reason} /> },
  { id: 'record', head: 'In a referral', value: ({ inRecord }) => (inRecord ? 'yes' : 'no') },
]

/** Lookups that the inspector drew. A duty manager opens them, best with the inspector beside; values are not kept. */
export function LookupAudits({ of }: { of: readonly Audit[] }) {
  const { may } = useDesk()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const open = (id: string) => {
    setTrouble(null)
    call(openLookupAudit, { params: { id }, body: {} })
      .then((answer) => {
        setOpened(answer)
        return refreshLookups()
      })
      .catch(setTrouble)
  }
  return (
    <>
      <ul className="hit-list" aria-label="Audits of lookups">
        {of.map((audit) => (
          <li key={audit.id}>
            Drawn by the inspector, {many(audit.drawn, 'lookup', 'lookups')}, <When at={audit.askedAt} />.{' '}
            <LookupAuditResult of={audit} />{' '}
            {audit.result === null && may.has('deconfliction.open') ? (
              <Button onClick={() => open(audit.id)}>Open the lookups</Button>
            ) : null}
          </li>
        ))}
      </ul>
      {trouble === null ? null : <ProblemLine error={trouble} />}
      {opened === null ? null : (
        <DataTable
          name="Opened lookups"
          columns={columns}
          rows={opened.shown}
          keyOf={({ number }) => String(number)}
          copy={false}
        />
      )}
    </>
  )
}

export function LookupAuditResult({ of: { result } }: { of: Audit }) {
  if (result === null) return <span className="dim">Not opened yet.</span>
  const { opened, known, findings } = result
  return (
    <span>
      {opened} opened, {known} in the records.{' '}
      {findings.length === 0 ? (
        'Nothing to remark.'
      ) : (
        <b>
          {many(findings.length, 'finding')}:{' '}
          {findings
            .map(({ number, is }) => `number ${number} ${is === 'another' ? 'is not what left' : 'in no referral'}`)
            .join(', ')}
        </b>
      )}
    </span>
  )
}
