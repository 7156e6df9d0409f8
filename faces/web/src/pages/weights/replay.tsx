import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { replayQuery } from '../../data/queries.ts'
import type { WeightReplay, Weights } from '../../data/types.ts'
import { axisNumber } from '../../ui/axis.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Priority } from '../../ui/priority.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { When } from '../../ui/when.tsx'

type Line = WeightReplay['raised'][number] & { readonly how: string }

/** Computed anew over the queue as it is now. */
export function Replay({ of }: { of: Weights['proposals'][number] }) {
  const query = useQuery(replayQuery(of.id))
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.focus()
  }, [])
  return (
    <div ref={place} tabIndex={-1}>
      <Section title={`Replay of ${of.weightSet}`}>
        {query.isError ? (
          <Unread error={query.error} again={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <Loading what="the replay" />
        ) : (
          <Told of={query.data} />
        )}
      </Section>
    </div>
  )
}

function Told({ of }: { of: WeightReplay }) {
  const { counts } = of
  const lines: Line[] = [
    ...of.raised.map((each) => ({ ...each, how: 'rises' })),
    ...of.lowered.map((each) => ({ ...each, how: 'falls' })),
    ...of.shifted.map((each) => ({ ...each, how: 'other sum' })),
  ]
  return (
    <>
      <p>
        Of {counts.cases} referrals replayed ({counts.open} are open): <b>{counts.raised}</b> would be computed higher,{' '}
        <b>{counts.lowered}</b> lower, <b>{counts.shifted}</b> would have another sum at the same priority,{' '}
        {counts.unchanged} stay. Against {of.against}, <When at={of.at} />.
      </p>
      <p className="dim small-text">
        What would be computed. A priority that a person confirmed or a sender declared stands as it stands, and nothing
        is moved by a replay.
      </p>
      {lines.length === 0 ? (
        <p className="dim">No referral in the open queue would change.</p>
      ) : (
        <DataTable name="What would change" columns={columns} rows={lines} keyOf={({ referral }) => referral} />
      )}
    </>
  )
}

const step = ({ from, to }: { from: number; to: number }): string =>
  from === to ? axisNumber(from) : `${axisNumber(from)} → ${axisNumber(to)}`

const columns: readonly Column<Line>[] = [
  {
    id: 'number',
    head: 'Referral',
    value: ({ number }) => number,
    cell: ({ referral, number }) => (
      <Link to="/referral/$id" params={{ id: referral }}>
        {number}
      </Link>
    ),
  },
  { id: 'how', head: 'What', value: ({ how }) => how },
  {
    id: 'stands',
    head: 'Stands',
    value: ({ effective }) => effective,
    cell: ({ effective }) => <Priority level={effective} />,
  },
  { id: 'computed', head: 'Computed', value: ({ priority }) => `${priority.from} → ${priority.to}` },
  { id: 'child', head: 'Child urgency', value: ({ childUrgency }) => step(childUrgency), align: 'end' },
  {
    id: 'danger',
    head: 'Offender danger',
    value: ({ offenderDanger }) => step(offenderDanger),
    align: 'end',
    grows: true,
  },
]
