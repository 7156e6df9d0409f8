import { Link } from '@tanstack/react-router'
import type { Referral } from '../../data/types.ts'
import { authorityName } from '../../text/authority.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Pairs } from '../../ui/hint.tsx'
import { Hash, Place } from '../../ui/place.tsx'
import { When } from '../../ui/when.tsx'
import { OrNotSaid } from './facts.tsx'

const bytes = new Intl.NumberFormat('en-GB')

/** Where it comes from, by which lane, under which law it is held. */
export function Source({ of }: { of: Referral }) {
  const { sender, delivery, authority, item } = of
  const { places } = of.facts
  return (
    <Pairs
      of={[
        ['Sender', <Safe key="n" text={sender.name} />],
        ['Organisation', <OrNotSaid key="o" text={sender.organisation} place={places['organisation']} />],
        ['Service', <OrNotSaid key="s" text={sender.service} place={places['service']} />],
        ['Contact', <OrNotSaid key="c" text={sender.contact} place={places['contact']} />],
        ['Reference', <OrNotSaid key="r" text={item.reference} place={places['reference']} />],
        ['Format', <Safe key="f" text={item.format} />],
        ['Lane', <Safe key="l" text={delivery.lane} />],
        ['Held under', <Safe key="h" text={authorityName(authority)} />],
        ['Received', <When key="w" at={delivery.receivedAt} />],
        [
          'Delivery',
          <span key="d">
            <Link to="/intake">{bytes.format(delivery.originalLength)} bytes</Link>, SHA-256{' '}
            <Hash value={delivery.originalSha256} />, {delivery.stripped} stripped, at <Place of={delivery.place} />
          </span>,
        ],
      ]}
    />
  )
}
