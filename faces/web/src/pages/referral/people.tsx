import { Link } from '@tanstack/react-router'
import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Pairs } from '../../ui/hint.tsx'
import { Place } from '../../ui/place.tsx'
import { OrNotSaid, Said } from './facts.tsx'
import { IpEvents } from './ip-events.tsx'

type Person = Referral['people'][number]

export function People({
  of,
  subjects,
  referral,
}: {
  of: readonly Person[]
  subjects: Referral['subjects']
  referral: string
}) {
  if (of.length === 0)
    return <p className="dim">The report names no person. That is not the same as nobody being there.</p>
  return (
    <div className="cards">
      {of.map((person) => (
        <PersonCard
          key={person.index}
          of={person}
          referral={referral}
          subject={subjects.find((subject) => subject.person === person.index)}
        />
      ))}
    </div>
  )
}

const lines = (values: readonly string[], place: string) =>
  values.length === 0 ? (
    <span className="none">not said</span>
  ) : (
    values.map((value) => (
      <div key={value}>
        <OrNotSaid text={value} place={place} />
      </div>
    ))
  )

function PersonCard({
  of,
  subject,
  referral,
}: {
  of: Person
  subject: Referral['subjects'][number] | undefined
  referral: string
}) {
  return (
    <article className="card" aria-label={`Person ${of.index + 1}`}>
      <h3>
        Person {of.index + 1}{' '}
        <span className="tag">
          <Safe text={of.role} />
        </span>
        {subject === undefined ? (
          <span className="dim small-text">not linked yet</span>
        ) : (
          <Link to="/subject/$id" params={{ id: subject.id }} className="small-text">
            {subject.label}, {many(subject.appearances, 'appearance')}
          </Link>
        )}
        <span className="spread" />
        <Place of={of.place} />
      </h3>
      <Pairs
        of={[
          ['Names', lines(of.names, of.place)],
          ['Date of birth', <OrNotSaid key="d" text={of.dateOfBirth} place={of.place} />],
          ['Age', <OrNotSaid key="a" text={of.age} place={of.place} />],
          ['Account state', <OrNotSaid key="s" text={of.accountState} place={of.place} />],
          ['Account taken over', <Said key="c" value={of.accountCompromised} place={of.place} />],
          ['Told of the report', <Said key="t" value={of.userWasTold} place={of.place} />],
          ['Addresses', lines(of.addresses, of.place)],
        ]}
      />
      {of.ipEvents.length === 0 ? null : <IpEvents of={of} referral={referral} />}
    </article>
  )
}
