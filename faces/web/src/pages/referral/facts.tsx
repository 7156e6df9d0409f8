import type { ReactNode } from 'react'
import type { Referral, ThreeValued, TimeClaim } from '../../data/types.ts'
import { authorityName } from '../../text/authority.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Pairs } from '../../ui/hint.tsx'
import { Place } from '../../ui/place.tsx'
import { ProvenanceOf, Sourced } from '../../ui/provenance.tsx'
import { Claim, When } from '../../ui/when.tsx'
import { SendersReason } from './senders-reason.tsx'

/** Yes, no, not said: absent is not false, so it never looks like a no. */
export function Said({ value, place }: { value: ThreeValued; place?: string | undefined }) {
  const word = <span className={`said said-${value.replace(' ', '-')}`}>{value}</span>
  return value === 'not said' || place === undefined ? word : <Sourced rows={placeRow(place)}>{word}</Sourced>
}

export function OrNotSaid({ text, place }: { text: string | null; place?: string | undefined }) {
  if (text === null) return <span className="none">not said</span>
  return place === undefined ? (
    <Safe text={text} />
  ) : (
    <Sourced rows={placeRow(place)}>
      <Safe text={text} />
    </Sourced>
  )
}

export const placeRow = (place: string | undefined): readonly (readonly [string, ReactNode])[] =>
  place === undefined ? [] : [['Place', <Place key="p" of={place} />]]

const OrClaim = ({ of, place }: { of: TimeClaim | null; place: string | undefined }) =>
  of === null ? <span className="none">not said</span> : <Claim of={of} place={place} />

/** Every value below says on hover and focus where it comes from, who sent it, under which law, and how it is graded. */
export function FromReport({ of, children }: { of: Referral; children: ReactNode }) {
  const { sender, delivery, authority, item } = of
  return (
    <ProvenanceOf
      rows={[
        ['Sender', <Safe key="s" text={sender.organisation ?? sender.name} />],
        ['Reference', item.reference === null ? 'not said' : <Safe key="r" text={item.reference} />],
        ['Lane', <Safe key="l" text={delivery.lane} />],
        ['Received', <When key="w" at={delivery.receivedAt} />],
        ['Held under', authorityName(authority)],
        ['Grade', 'none given: as received, not assessed'],
      ]}
    >
      {children}
    </ProvenanceOf>
  )
}

/** `withReason` is off where the sender's reason stands in another place already. */
export function FactPairs({ of, withReason = true }: { of: Referral; withReason?: boolean }) {
  const { facts } = of
  const { places } = facts
  return (
    <Pairs
      of={[
        ['Incident at', <OrClaim key="i" of={facts.incidentAt} place={places['incidentAt']} />],
        [
          'Time means',
          <OrNotSaid
            key="m"
            text={facts.incidentAtMeaning}
            place={places['incidentAtMeaning'] ?? places['incidentAt']}
          />,
        ],
        ['Detected at', <OrClaim key="d" of={facts.detectedAt} place={places['detectedAt']} />],
        ['Detected by', <OrNotSaid key="b" text={facts.detectedBy} place={places['detectedBy']} />],
        ['Reviewed by a person', <Said key="r" value={facts.reviewedByPerson} place={places['reviewedByPerson']} />],
        ['Telephoned', <Said key="t" value={facts.telephoned} place={places['telephoned']} />],
        [
          'Told local police',
          <Said key="l" value={facts.reportedToLocalPolice} place={places['reportedToLocalPolice']} />,
        ],
        [
          'Local police reference',
          <OrNotSaid key="p" text={facts.localPoliceReference} place={places['localPoliceReference']} />,
        ],
        ['Original format', <Said key="o" value={facts.originalFormat} place={places['originalFormat']} />],
        ['All available given', <Said key="a" value={facts.allAvailableGiven} place={places['allAvailableGiven']} />],
        ...(withReason ? [['Sender’s reason', <Reason key="s" of={of} />] as const] : []),
        [
          'Annotations',
          facts.annotations.length === 0 ? (
            <OrNotSaid key="n" text={null} />
          ) : (
            <Sourced key="n" rows={placeRow(places['annotations'])}>
              <span className="tags">
                {facts.annotations.map((each) => (
                  <span key={each} className="tag">
                    <Safe text={each} />
                  </span>
                ))}
              </span>
            </Sourced>
          ),
        ],
      ]}
    />
  )
}

export const Reason = ({ of }: { of: Referral }) =>
  of.facts.declaredReason === null ? (
    <OrNotSaid text={null} />
  ) : (
    <SendersReason key={of.item.id} id={of.item.id} of={of.facts.declaredReason} />
  )
