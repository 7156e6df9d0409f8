import { useEffect } from 'react'
import { useClock } from '../data/clock.ts'
import { refreshSoon } from '../data/live.ts'
import { actionOf } from '../keyboard/actions.ts'
import { perform } from '../keyboard/perform.ts'
import { authorityName } from '../text/authority.ts'
import { due, utc } from '../text/time.ts'
import { useStanding } from './desk.ts'

/** Who works here, for whom, under which law, how long still, and what for. Always in sight; a click chooses another. */
export function StandingBar() {
  const { person, agency, operation, authority, purpose, may } = useStanding()
  // Roles that read no referral work under no operation: for them nothing is missing.
  const hasChoice = operation !== null || may.includes('queue.read')
  return (
    <button
      type="button"
      id="standing"
      className="standing-bar"
      title={actionOf('show.standing').says}
      onClick={() => perform('show.standing')}
    >
      <span className="unseen-caption">Work under: </span>
      <Part name="Officer" value={person.name} more={person.role} />
      {agency.shortName === '' ? null : <Part name="Agency" value={agency.shortName} more={agency.name} />}
      {hasChoice ? (
        <>
          <Part name="Operation" value={operation?.name ?? 'none chosen'} wrong={operation === null} />
          {authority === null ? (
            <Part name="Authority" value="none chosen" wrong />
          ) : (
            <AuthorityPart
              name={authorityName(authority)}
              kind={authority.name}
              until={authority.expiresAt}
              inForce={authority.inForce}
            />
          )}
          <Part
            name="Purpose"
            value={purpose === null ? 'none chosen' : purpose.task}
            more={purpose?.inForce === false ? 'ended' : purpose?.code}
            wrong={purpose === null || !purpose.inForce}
          />
        </>
      ) : (
        <Part name="Operation" value="none needed for this role" />
      )}
    </button>
  )
}

interface AuthorityProps {
  readonly name: string
  readonly kind: string
  readonly until: string
  readonly inForce: boolean
}

function AuthorityPart({ name, kind, until, inForce }: AuthorityProps) {
  const left = useClock((now) => {
    const clock = due(until, now)
    return clock.overdue ? 'expired' : `${clock.text} left`
  })
  const dead = !inForce || left === 'expired'
  useEffect(() => {
    // What was read under it must leave the screen: the cell is asked again and refuses.
    if (dead) refreshSoon()
  }, [dead])
  return (
    <Part
      name="Authority"
      value={name}
      more={dead ? 'not in force' : left}
      wrong={dead}
      title={`${name}, ${kind}, until ${utc(until)}`}
    />
  )
}

function Part(props: { name: string; value: string; more?: string | undefined; wrong?: boolean; title?: string }) {
  return (
    <span className={props.wrong === true ? 'standing-part standing-wrong' : 'standing-part'} title={props.title}>
      <span className="standing-name">{props.name}</span>
      <span className="standing-value">
        {props.wrong === true ? <span aria-hidden="true">! </span> : null}
        {props.value}
      </span>
      {props.more === undefined ? null : <span className="standing-more">{props.more}</span>}
    </span>
  )
}
