import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Pairs } from '../../ui/hint.tsx'
import { Said } from './facts.tsx'
import { Place } from './hits.tsx'
import { IpEvents } from './ip-events.tsx'

type Person = Referral['people'][number]

export function People({ of }: { of: readonly Person[] }) {
  if (of.length === 0)
    return <p className="dim">The report names no person. That is not the same as nobody being there.</p>
  return (
    <div className="cards">
      {of.map((person) => (
        <PersonCard key={person.index} of={person} />
      ))}
    </div>
  )
}

const lines = (values: readonly string[]) =>
  values.length === 0 ? (
    <span className="none">not said</span>
  ) : (
    values.map((value) => (
      <div key={value}>
        <Safe text={value} />
      </div>
    ))
  )

const line = (value: string | null) => lines(value === null ? [] : [value])

function PersonCard({ of }: { of: Person }) {
  return (
    <article className="card" aria-label={`Person ${of.index + 1}`}>
      <h3>
        Person {of.index + 1}{' '}
        <span className="tag">
          <Safe text={of.role} />
        </span>
        <span className="spread" />
        <Place of={of.place} />
      </h3>
      <Pairs
        of={[
          ['Names', lines(of.names)],
          ['Date of birth', line(of.dateOfBirth)],
          ['Age', line(of.age)],
          ['Account state', line(of.accountState)],
          ['Account taken over', <Said key="c" value={of.accountCompromised} />],
          ['Told of the report', <Said key="t" value={of.userWasTold} />],
          ['Addresses', lines(of.addresses)],
        ]}
      />
      {of.ipEvents.length === 0 ? null : <IpEvents of={of} />}
    </article>
  )
}
