import { Fragment } from 'react'
import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Hash } from '../../ui/place.tsx'
import { Sourced } from '../../ui/provenance.tsx'
import { Claim } from '../../ui/when.tsx'
import { AttributeButton } from '../attribution/attribute.tsx'
import { placeRow, Said } from './facts.tsx'

type Person = Referral['people'][number]
type Event = Person['ipEvents'][number]
type Context = Event['context']

const answers: Readonly<Record<Context['meaningful'], { readonly words: string; readonly look: string }>> = {
  yes: { words: 'nothing speaks against it', look: 'yes' },
  'only with more': { words: 'only with more', look: 'not-said' },
  no: { words: 'not meaningful', look: 'no' },
}

const weights: Readonly<Record<Context['reasons'][number]['weighs'], string>> = {
  no: 'against',
  more: 'first',
  note: 'know',
}

export function IpEvents({ of, referral }: { of: Person; referral: string }) {
  return (
    <table className="table small">
      <caption className="unseen-caption">IP events of person {of.index + 1}</caption>
      <thead>
        <tr>
          <th scope="col">Address, port</th>
          <th scope="col">Time</th>
          <th scope="col">Event</th>
          <th scope="col">Proxy</th>
        </tr>
      </thead>
      <tbody>
        {of.ipEvents.map((event, at) => (
          <Fragment key={event.place}>
            <tr>
              <td>
                <Sourced rows={placeRow(event.place)}>
                  <code>
                    <Safe text={event.address} />
                  </code>
                </Sourced>
                <div className="dim" title="Behind a shared address a port is needed to find the line">
                  {event.port === null ? 'no port' : `port ${event.port}`}
                </div>
              </td>
              <td>
                {event.time === null ? (
                  <span className="none">not said</span>
                ) : (
                  <Claim of={event.time} place={event.place} />
                )}
              </td>
              <td>{event.event === null ? <span className="none">not said</span> : <Safe text={event.event} />}</td>
              <td>
                <Said value={event.possibleProxy} place={event.place} />
              </td>
            </tr>
            <tr>
              <td colSpan={4} className="ip-context">
                <RequestContext of={event.context} address={event.address} />
                <AttributeButton referral={referral} person={of.index} event={at} address={event.address} />
              </td>
            </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

/** The wrong-door guard: why asking the provider for a customer makes sense or not. The officer decides. */
function RequestContext({ of, address }: { of: Context; address: string }) {
  const { words, look } = answers[of.meaningful]
  const [first] = of.reasons
  return (
    <details className="folded-away" aria-label={`Subscriber request on ${address}`}>
      <summary>
        Subscriber request: <span className={`said said-${look}`}>{words}</span>
        {first === undefined ? null : <span className="dim"> {first.code}</span>}
        {of.reasons.length > 1 ? <span className="dim"> and {of.reasons.length - 1} more</span> : null}
      </summary>
      <ul className="plain-list">
        {of.reasons.map((reason) => (
          <li key={reason.code}>
            <b>{weights[reason.weighs]}</b>: <Safe text={reason.says} />
          </li>
        ))}
      </ul>
      {of.tor === null ? null : <Tor of={of.tor} />}
      {of.lists.map(({ kind, list, range, date, file }) => (
        <p key={`${file.sha256} ${range}`} className="dim">
          <Safe text={`${kind}: ${range} in ${list}, ${date ?? 'undated'}; ${file.name}`} />{' '}
          <Hash value={file.sha256} />
        </p>
      ))}
      {of.databases.map(({ type, built, network, file }) => (
        <p key={file.sha256} className="dim">
          <Safe text={`${type}, built ${built.slice(0, 10)}: ${network}; ${file.name}`} /> <Hash value={file.sha256} />
        </p>
      ))}
      <p className="dim">Nothing is asked from here. The customer of a line is not thereby its user.</p>
    </details>
  )
}

function Tor({ of }: { of: NonNullable<Context['tor']> }) {
  return (
    <div>
      <b>Tor: {of.verdict}</b>
      {of.minutes === null ? null : <span className="dim">, {of.minutes} minutes from the list</span>}
      {of.lacks.length === 0 ? null : <span className="dim">; lacking: {of.lacks.join(', ')}</span>}
      {of.files.map(({ name, sha256 }) => (
        <div key={sha256} className="dim">
          <Safe text={name} /> <Hash value={sha256} />
        </div>
      ))}
    </div>
  )
}
