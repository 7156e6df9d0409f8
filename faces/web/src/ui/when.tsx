import { useClock } from '../data/clock.ts'
import type { TimeClaim } from '../data/types.ts'
import { revealed } from '../text/safe.ts'
import { Safe } from '../text/safe-text.tsx'
import { due, relative, utc } from '../text/time.ts'
import { Place } from './place.tsx'
import { Sourced } from './provenance.tsx'

/** An instant in UTC and how long ago it was; `short` for dense rows, whole in the title. */
export function When({ at, short = false }: { at: string; short?: boolean }) {
  const ago = useClock((now) => relative(at, now))
  const said = useClock((now) => utc(at, short, now))
  return (
    <time dateTime={at} title={utc(at)} className="when">
      {said} <span className="dim">{ago}</span>
    </time>
  )
}

export function Ago({ at }: { at: string }) {
  const ago = useClock((now) => relative(at, now))
  return (
    <time dateTime={at} title={utc(at)}>
      {ago}
    </time>
  )
}

/** A clock that counts down. Over is said in words and by a sign, not only in red. */
export function Countdown({ to }: { to: string }) {
  // One watch for both, as thousands of these stand in a list.
  const read = useClock((now) => {
    const { text, overdue, soon } = due(to, now)
    return `${overdue ? 'over' : soon ? 'soon' : 'calm'} ${text}`
  })
  const state = read.slice(0, 4)
  const text = read.slice(5)
  return (
    <time dateTime={to} title={utc(to)} className={`countdown countdown-${state}`}>
      {state === 'over' ? <span aria-hidden="true">! </span> : null}
      {text}
    </time>
  )
}

const zoneWords = (claim: TimeClaim): string => {
  if (claim.zone.kind === 'stated') return `stated by the source: ${claim.zone.offset}`
  if (claim.zone.kind === 'assumed') return `assumed ${claim.zone.offset}, because ${revealed(claim.zone.because)}`
  return 'unknown: this is not an instant, and no request may be built on it'
}

/** What a source said about a time; its own words, its place and where the zone comes from are one hover away. */
export function Claim({ of, place }: { of: TimeClaim; place?: string | undefined }) {
  return (
    <Sourced
      rows={[
        ['As written', <Safe key="w" text={of.original} />],
        ['Zone', zoneWords(of)],
        ...(of.candidates.length === 0
          ? []
          : [['Could be', of.candidates.map((one) => utc(one)).join(' · ')] as const]),
        ...(place === undefined ? [] : [['Place', <Place key="p" of={place} />] as const]),
      ]}
    >
      {of.instant === null ? (
        <>
          <Safe text={of.original} /> <span className="tag">zone unknown</span>
        </>
      ) : (
        <>
          {utc(of.instant)}
          {of.zone.kind === 'assumed' ? <span className="tag">zone assumed</span> : null}
        </>
      )}
    </Sourced>
  )
}
