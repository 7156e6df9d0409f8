import { Link } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import type { Subject } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { When } from '../../ui/when.tsx'
import { AsideDialog } from './values.tsx'

type Tie = Subject['ties']['ties'][number]
type Reason = Tie['reasons'][number]
type Value = NonNullable<Reason['value']>

/** Others who are not this person, and what stands between them. What ties nobody is told with its number. */
export function Ties({ of, decides }: { of: Subject; decides: boolean }) {
  const [asking, setAsking] = useState<Value | null>(null)
  const { ties, leftOut } = of.ties
  return (
    <>
      {ties.length === 0 ? (
        <p className="dim">Nothing ties it to another subject that you may see.</p>
      ) : (
        <>
          <p className="dim small-text">Another subject each, not the same person. No rank moves by a tie.</p>
          <ul className="plain-list ties" aria-label="Ties">
            {ties.map((tie) => (
              <li key={`${tie.relation} ${tie.other.id}`}>
                <p>
                  <span className="tag">{inWords(tie)}</span>{' '}
                  <Link to="/subject/$id" params={{ id: tie.other.id }}>
                    {tie.other.label}
                  </Link>{' '}
                  <span className="tag">{toldAsInWords(tie)}</span>
                </p>
                <ul className="plain-list">
                  {tie.reasons.map((reason) => (
                    <ReasonLine key={reason.says} of={reason} ask={decides ? setAsking : null} />
                  ))}
                </ul>
                {tie.moreReasons === 0 ? null : (
                  <p className="dim small-text">{many(tie.moreReasons, 'more reason')}, not listed.</p>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {leftOut.length === 0 ? null : (
        <>
          <h3 className="small-text">Left out</h3>
          <ul className="plain-list dim small-text" aria-label="What ties nobody">
            {leftOut.map((each) => (
              <li key={each}>
                <Safe text={each} />
              </li>
            ))}
          </ul>
        </>
      )}
      {asking === null ? null : (
        <AsideDialog of={of} value={{ ...asking, normal: asking.written }} close={() => setAsking(null)} />
      )}
    </>
  )
}

const inWords = ({ relation, direction }: Tie): string =>
  relation !== 'payment' || direction === 'both'
    ? relation
    : direction === 'out'
      ? 'payment to the other'
      : 'payment from the other'

/** A child and an offender must not look alike. */
const toldAsInWords = ({ other: { toldAs } }: Tie): string =>
  toldAs.length === 0
    ? 'role not said'
    : `told as ${toldAs.map(({ role, times }) => (times === 1 ? role : `${role} (${times})`)).join(', ')}`

function ReasonLine({ of, ask }: { of: Reason; ask: ((value: Value) => void) | null }) {
  const { says, referrals, from, to, value } = of
  return (
    <li>
      <Safe text={says} />{' '}
      <span className="dim small-text">
        {referrals.map(({ id, number }, at) => (
          <Fragment key={id}>
            {at === 0 ? '' : ', '}
            <Link to="/referral/$id" params={{ id }}>
              R-{number}
            </Link>
          </Fragment>
        ))}
        {from === null ? null : (
          <>
            {'; '}
            <When at={from} />
            {to === null || to === from ? null : (
              <>
                {' to '}
                <When at={to} />
              </>
            )}
          </>
        )}
      </span>
      {value === null || ask === null ? null : (
        <>
          {' '}
          <Button look="quiet" onClick={() => ask(value)}>
            Many share it …
          </Button>
        </>
      )}
    </li>
  )
}
