import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Place } from '../../ui/place.tsx'
import { Sourced } from '../../ui/provenance.tsx'
import { LooksLike } from './marked-words.tsx'

type Mention = Referral['mentions'][number]

/** A value in a hundred referrals is a hint of a shared device or a default, not of a hundred leads. */
const MOST = 3

/** Values as written, at their place. Where each comes from and why it was read so is one hover or one Tab away. */
export function Mentions({ of }: { of: Referral }) {
  const columns = useMemo<readonly Column<Mention>[]>(
    () => [
      { id: 'kind', head: 'Kind', value: (mention) => mention.kind },
      {
        id: 'original',
        head: 'As written',
        value: (mention) => mention.original,
        grows: true,
        cell: (mention) => (
          <Sourced
            rows={[
              ['As written', <Safe key="o" text={mention.original} />],
              ['Normal form', <Safe key="n" text={mention.normal} />],
              ['Place', <Place key="p" of={mention.place} />],
              ['Looks like', mention.looksLike === null ? 'itself' : <Safe key="l" text={mention.looksLike} />],
              ['Strength', mention.strength],
              ['Because', <Safe key="b" text={mention.because} />],
            ]}
          >
            <code>
              <Safe text={mention.original} />
            </code>{' '}
            <LooksLike of={mention.looksLike} />
          </Sourced>
        ),
      },
      {
        id: 'also',
        head: 'Also in',
        value: (mention) => mention.alsoIn.map((other) => other.number).join(' '),
        cell: (mention) =>
          mention.alsoIn.length === 0 ? (
            <span className="none">–</span>
          ) : (
            <span className="also">
              {mention.alsoIn.slice(0, MOST).map((other) => (
                <Link key={other.id} to="/referral/$id" params={{ id: other.id }}>
                  {other.number}
                </Link>
              ))}
              {mention.alsoIn.length > MOST ? <span className="dim">+{mention.alsoIn.length - MOST}</span> : null}
            </span>
          ),
      },
      {
        id: 'normal',
        head: 'Normal form',
        value: (mention) => mention.normal,
        cut: true,
        cell: (mention) =>
          mention.normal === mention.original ? (
            <span className="none">the same</span>
          ) : (
            <code>
              <Safe text={mention.normal} />
            </code>
          ),
      },
      {
        id: 'place',
        head: 'Place',
        value: (mention) => mention.place,
        cell: (mention) => <Place of={mention.place} />,
      },
      {
        id: 'person',
        head: 'Person',
        value: (mention) => (mention.person === null ? null : mention.person + 1),
        align: 'end',
      },
      { id: 'strength', head: 'Strength', value: (mention) => mention.strength },
    ],
    [],
  )
  if (of.mentions.length === 0) return <p className="dim">No identifier was found in the report.</p>
  return (
    <DataTable name="Mentions of the referral" columns={columns} rows={of.mentions} keyOf={(mention) => mention.id} />
  )
}
