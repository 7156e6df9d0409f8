import type { Referral, ThreeValued } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Pairs } from '../../ui/hint.tsx'
import { Claim } from '../../ui/when.tsx'

/** Yes, no, not said: absent is not false, so it never looks like a no. */
export function Said({ value }: { value: ThreeValued }) {
  return <span className={`said said-${value.replace(' ', '-')}`}>{value}</span>
}

export const OrNotSaid = ({ text }: { text: string | null }) =>
  text === null ? <span className="none">not said</span> : <Safe text={text} />

export function FactPairs({ of }: { of: Referral }) {
  const { facts } = of
  return (
    <Pairs
      of={[
        [
          'Incident at',
          facts.incidentAt === null ? <OrNotSaid key="i" text={null} /> : <Claim key="i" of={facts.incidentAt} />,
        ],
        ['Time means', <OrNotSaid key="m" text={facts.incidentAtMeaning} />],
        [
          'Detected at',
          facts.detectedAt === null ? <OrNotSaid key="d" text={null} /> : <Claim key="d" of={facts.detectedAt} />,
        ],
        ['Detected by', <OrNotSaid key="b" text={facts.detectedBy} />],
        ['Reviewed by a person', <Said key="r" value={facts.reviewedByPerson} />],
        ['Telephoned', <Said key="t" value={facts.telephoned} />],
        ['Told local police', <Said key="l" value={facts.reportedToLocalPolice} />],
        ['Local police reference', <OrNotSaid key="p" text={facts.localPoliceReference} />],
        ['Original format', <Said key="o" value={facts.originalFormat} />],
        ['All available given', <Said key="a" value={facts.allAvailableGiven} />],
        ['Sender’s reason', <OrNotSaid key="s" text={facts.declaredReason} />],
        [
          'Annotations',
          facts.annotations.length === 0 ? (
            <OrNotSaid key="n" text={null} />
          ) : (
            <span key="n" className="tags">
              {facts.annotations.map((each) => (
                <span key={each} className="tag">
                  <Safe text={each} />
                </span>
              ))}
            </span>
          ),
        ],
      ]}
    />
  )
}
