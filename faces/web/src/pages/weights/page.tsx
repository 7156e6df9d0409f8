import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { useTitle } from '../../app/title.ts'
import { weightsQuery } from '../../data/queries.ts'
import type { Weights } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'
import { Disagreements } from './disagreements.tsx'
import { ProposeFromChoices } from './propose.tsx'
import { Replay } from './replay.tsx'
import { AuditSlice } from './slice.tsx'

type Proposal = Weights['proposals'][number]

/** What people say of ranks, and what was proposed from it. Nothing on this page changes a rank. */
export function WeightsPage() {
  useTitle('Weights')
  const query = useQuery(weightsQuery)
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>Weights</h1>
        <p className="dim">
          Nothing on this page changes a rank. A proposal is in force nowhere: a weight set comes into force as a file
          of a release, never from here.
        </p>
      </header>
      {query.isError ? (
        <Unread error={query.error} again={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Loading what="the weights" />
      ) : (
        <Whole of={query.data} />
      )}
    </div>
  )
}

function Whole({ of }: { of: Weights }) {
  const { may } = useDesk()
  const [replayed, setReplayed] = useState<Proposal | null>(null)
  const [asks, setAsks] = useState(false)
  const { current, choices, proposals } = of
  return (
    <>
      <Section title="In force">
        <p>
          <b>
            <Safe text={current.id} />
          </b>{' '}
          <span className="dim small-text">SHA-256 {current.sha256.slice(0, 16)}…</span>
        </p>
        <p className="dim small-text">
          <Safe text={current.declaration} />
        </p>
      </Section>
      <Section title="Disagreements">
        <Disagreements />
      </Section>
      <Section
        title="Proposals"
        count={proposals.length}
        aside={
          may.has('weights.propose') ? <Button onClick={() => setAsks(true)}>Propose from choices…</Button> : undefined
        }
      >
        <p className="dim small-text">
          {many(choices.chosen, 'choice')} between two referrals to learn from, by{' '}
          {many(choices.people, 'person', 'people')}; {choices.cannotSay} times “cannot say”. A factor moves only where
          20 choices differ in it, only if both halves of the choices agree better, at most 1.00. A set written by hand
          is proposed with <code>tandem weights propose FILE</code>.
        </p>
        {proposals.length === 0 ? (
          <p className="dim">Nothing was proposed.</p>
        ) : (
          <DataTable
            name="Proposed weight sets"
            columns={columnsWith(setReplayed)}
            rows={proposals}
            keyOf={({ id }) => id}
          />
        )}
      </Section>
      {replayed === null ? null : <Replay key={replayed.id} of={replayed} />}
      <Section title="Audit slice">
        <AuditSlice />
      </Section>
      {asks ? <ProposeFromChoices close={() => setAsks(false)} /> : null}
    </>
  )
}

const axisWords = (axis: string): string => (axis === 'child urgency' ? 'child' : 'danger')
const points = (hundredths: number): string => (hundredths / 100).toFixed(2).replace('-', '−')

export const changesInWords = ({ points: moved, others }: Proposal): string =>
  [
    ...moved.map(({ factor, axis, was, yes }) => `${factor} (${axisWords(axis)}) ${points(was)} → ${points(yes)}`),
    ...others,
  ].join('; ')

const columnsWith = (replay: (of: Proposal) => void): readonly Column<Proposal>[] => [
  { id: 'set', head: 'Set', value: ({ weightSet }) => weightSet, cell: ({ weightSet }) => <Safe text={weightSet} /> },
  { id: 'origin', head: 'From', value: ({ origin }) => (origin === 'file' ? 'a file' : 'choices') },
  {
    id: 'agrees',
    head: 'Agrees',
    value: ({ choices, agreed }) => (choices === 0 ? null : `${agreed.before} → ${agreed.after} of ${choices}`),
  },
  { id: 'rise', head: 'Rise', value: ({ replay: { raised } }) => raised, align: 'end' },
  { id: 'fall', head: 'Fall', value: ({ replay: { lowered } }) => lowered, align: 'end' },
  { id: 'shift', head: 'Shift', value: ({ replay: { shifted } }) => shifted, align: 'end' },
  { id: 'changes', head: 'Changes', value: changesInWords, cut: true, grows: true },
  { id: 'why', head: 'Why', value: ({ why }) => why, cut: true },
  { id: 'by', head: 'By', value: ({ by }) => by, cell: ({ by }) => <Safe text={by} /> },
  { id: 'at', head: 'At (UTC)', value: ({ at }) => at, cell: ({ at }) => <When short at={at} /> },
  {
    id: 'do',
    head: 'Replay',
    pinned: true,
    value: () => null,
    cell: (of) => (
      <Button onClick={() => replay(of)} aria-label={`Replay ${of.weightSet}`}>
        Replay
      </Button>
    ),
  },
]
