import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { deliveryQuery } from '../../data/queries.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { count } from '../../text/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Pairs } from '../../ui/hint.tsx'
import { Place } from '../../ui/place.tsx'
import { Loading, Unread } from '../../ui/problem.tsx'
import { When } from '../../ui/when.tsx'

/** One delivery: what was stripped, what was set aside and why, and the referrals it became. */
export function OneDelivery({ id, close }: { id: string; close: () => void }) {
  const query = useQuery(deliveryQuery(id))
  if (query.isError) {
    return (
      <Dialog title="Delivery" close={close}>
        <Unread error={query.error} />
      </Dialog>
    )
  }
  if (query.data === undefined) {
    return (
      <Dialog title="Delivery" close={close}>
        <Loading what="the delivery" />
      </Dialog>
    )
  }
  const { delivery, setAside, referrals } = query.data
  const { records, accepted, remarked, setAside: aside } = delivery.account
  return (
    <Dialog title={revealed(delivery.name)} wide close={close}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="dialog-scroll" aria-label="The delivery" tabIndex={0}>
        <Pairs
          of={[
            [
              'Account',
              `${count(records)} = ${count(accepted)} accepted + ${count(remarked)} remarked + ${count(aside)} set aside`,
            ],
            ['State', delivery.state],
            [
              'Reason',
              delivery.reason === null ? 'none' : `${revealed(delivery.reason.says)} (${delivery.reason.code})`,
            ],
            ['Sender', <Safe key="s" text={delivery.sender} />],
            ['Received', <When key="r" at={delivery.receivedAt} />],
            [
              'SHA-256',
              <code key="d" className="whole-hash">
                {delivery.sha256}
              </code>,
            ],
          ]}
        />
        <h3>
          Set aside <span className="dim">{setAside.length}</span>
        </h3>
        {setAside.length === 0 ? (
          <p className="dim">Nothing.</p>
        ) : (
          <ul className="plain-list remarks">
            {setAside.map((each) => (
              <li key={`${each.place} ${each.code}`}>
                <span className="tag">{each.code}</span>
                <span>
                  <Safe text={each.says} />
                </span>
                <Place of={each.place} />
              </li>
            ))}
          </ul>
        )}
        <h3>
          Stripped before anything was stored <span className="dim">{delivery.stripped.length}</span>
        </h3>
        {delivery.stripped.length === 0 ? (
          <p className="dim">Nothing.</p>
        ) : (
          <ul className="plain-list">
            {delivery.stripped.map((each) => (
              <li key={JSON.stringify(each)}>
                {Object.entries(each).map(([name, value]) => (
                  <span key={name} className="strip-field">
                    <span className="dim">{revealed(name)}</span>{' '}
                    {revealed(typeof value === 'string' ? value : JSON.stringify(value))}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        )}
        <h3>
          Referrals <span className="dim">{referrals.length}</span>
        </h3>
        <p className="also">
          {referrals.map((each) => (
            <Link key={each.id} to="/referral/$id" params={{ id: each.id }} className="number" onClick={close}>
              {each.number}
            </Link>
          ))}
        </p>
      </section>
    </Dialog>
  )
}
