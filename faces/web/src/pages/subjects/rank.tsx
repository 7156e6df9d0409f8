import { Link } from '@tanstack/react-router'
import type { Subject } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { axisNumber } from '../../ui/axis.tsx'
import { Priority } from '../../ui/priority.tsx'
import { AsStated } from '../referral/score.tsx'

type Rank = Subject['rank']

/** Reasons before the number; they add up to it exactly. */
export function RankPart({ of }: { of: Rank }) {
  const told = of.reasons.filter(({ hundredths, from }) => hundredths !== 0 || from.length > 0)
  return (
    <>
      {of.changes.length === 0 ? null : (
        <div className="changed" role="note" aria-label="Changed since you looked">
          <h3>Changed since you looked</h3>
          <ul className="plain-list">
            {of.changes.map(({ says, from, to }) => (
              <li key={`${says} ${from} ${to}`}>
                <Safe text={says} />{' '}
                <span className="number">
                  {axisNumber(from)} → {axisNumber(to)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {of.gates.length === 0 ? null : (
        <>
          <h3>Rules that no number outweighs</h3>
          <ul className="plain-list">
            {of.gates.map((gate) => (
              <li key={gate}>
                <Safe text={gate} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>What it adds up from</h3>
      <AsStated />
      <div>
        <table className="waterfall-table">
          <caption className="unseen-caption">Reasons of the rank</caption>
          <tbody>
            {told.map((reason) => (
              <tr key={`${reason.kind} ${reason.factor} ${reason.axis}`}>
                <td>
                  <Safe text={reason.says} />{' '}
                  {reason.axis === null ? null : <span className="dim small-text">{reason.axis} </span>}
                  {reason.from.map(({ id, number }) => (
                    <Link key={id} to="/referral/$id" params={{ id }} className="small-text">
                      {number}{' '}
                    </Link>
                  ))}
                  {reason.because === null ? null : (
                    <span className="dim small-text">
                      <Safe text={reason.because} />
                    </span>
                  )}
                </td>
                <td className="end number">{axisNumber(reason.hundredths)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">Rank</th>
              <td className="end number">{axisNumber(of.hundredths)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p className="dim small-text">
        <Priority level={of.priority} /> Nine of ten draws over links and weights lie between{' '}
        {axisNumber(of.interval.low)} and {axisNumber(of.interval.high)}. Weights <Safe text={of.weightSet} />. The
        number orders work: no probability and never evidence.
      </p>
      <h3>What would move it</h3>
      {of.without.length === 0 ? (
        <p className="dim">No link to leave out.</p>
      ) : (
        <ul className="plain-list">
          {of.without.slice(0, 6).map(({ referral, hundredths, priority }) => (
            <li key={referral.id}>
              Without{' '}
              <Link to="/referral/$id" params={{ id: referral.id }}>
                {referral.number}
              </Link>
              : <Priority level={priority} /> <span className="number">{axisNumber(hundredths)}</span>
            </li>
          ))}
        </ul>
      )}
      {of.look.length === 0 ? null : (
        <p>
          Look next at{' '}
          {of.look.map(({ id, number }) => (
            <Link key={id} to="/referral/$id" params={{ id }}>
              {number}{' '}
            </Link>
          ))}
        </p>
      )}
    </>
  )
}
