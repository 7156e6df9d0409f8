import { useEffect } from 'react'
import { useClock } from '../data/clock.ts'
import { refreshSoon } from '../data/live.ts'
import { actionOf } from '../keyboard/actions.ts'
import { perform } from '../keyboard/perform.ts'
import { due, utc } from '../text/time.ts'
import { useStanding } from './desk.ts'

/** Who works here, for whom, under which law, how long still, and what for. Always in sight; a click chooses another. */
export function StandingBar() {
  const { person, agency, operation, authority, purpose } = useStanding()
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
      <Part name="Agency" value={agency.shortName} more={agency.name} />
      <Part name="Operation" value={operation?.name ?? 'none chosen'} wrong={operation === null} />
      {authority === null ? (
        <Part name="Authority" value="none chosen" wrong />
      ) : (
        <AuthorityPart
          name={authority.name}
          act={`${authority.act} ${authority.section}`}
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
    </button>
  )
}

function AuthorityPart({ name, act, until, inForce }: { name: string; act: string; until: string; inForce: boolean }) {
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
      title={`${act}, until ${utc(until)}`}
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
