import { openAudit, type ResponseOf } from '@tandem/contract'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import type { RunShown } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ProblemLine } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { refreshRuns } from './decide.tsx'

type Audit = RunShown['audits'][number]
type Opened = ResponseOf<typeof openAudit>
type Entry = Opened['shown'][number]

const columns: readonly Column<Entry>[] = [
  { id: 'place', head: 'Place', value: ({ place }) => place, align: 'end' },
  { id: 'kind', head: 'Kind', value: ({ kind }) => kind },
  { id: 'value', head: 'Value', value: ({ value }) => value, cell: ({ value }) => <Safe text={value} />, grows: true },
  {
    id: 'record',
    head: 'In referral',
    value: ({ referrals }) => referrals.join(', '),
    cell: ({ referrals }) =>
      referrals.length === 0 ? <span className="none">no referral</span> : referrals.join(', '),
  },
]

/** Samples that the inspector drew. A duty manager opens one, best with the inspector beside; the values are not kept. */
export function Audits({ of }: { of: readonly Audit[] }) {
  const { may } = useDesk()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  const open = (id: string) => {
    setTrouble(null)
    call(openAudit, { params: { id }, body: {} })
      .then((answer) => {
        setOpened(answer)
        return refreshRuns()
      })
      .catch(setTrouble)
  }
  return (
    <Section title="Audits" count={of.length}>
      <ul className="hit-list">
        {of.map((audit) => (
          <li key={audit.id}>
            <span>
              {many(audit.places, 'place')} drawn, <When at={audit.askedAt} />. <AuditResult of={audit} />
            </span>{' '}
            {audit.result === null && may.has('deconfliction.open') ? (
              <Button onClick={() => open(audit.id)}>Open the sample</Button>
            ) : null}
          </li>
        ))}
      </ul>
      {trouble === null ? null : <ProblemLine error={trouble} />}
      {opened === null ? null : (
        <DataTable
          name="Opened places"
          columns={columns}
          rows={opened.shown}
          keyOf={({ place }) => String(place)}
          copy={false}
        />
      )}
    </Section>
  )
}

export function AuditResult({ of: { result } }: { of: Audit }) {
  if (result === null) return <span className="dim">Not opened yet.</span>
  const { opened, filling, known, findings } = result
  return (
    <span>
      {many(opened, 'place')} opened: {filling} only fill, {known} in the records.{' '}
      {findings.length === 0 ? (
        'Nothing to remark.'
      ) : (
        <b>
          {many(findings.length, 'finding')}: {findings.map(({ place, is }) => `place ${place} ${is}`).join(', ')}
        </b>
      )}
    </span>
  )
}
