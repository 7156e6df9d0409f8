import type { Subject } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'

type Hold = Subject['held'][number]
type Link = Extract<Hold, { by: 'evidence' }>['link']

/** Thousandths of a bit, shown so that what is read out adds up. */
const bits = (millibits: number): string => `${millibits < 0 ? '−' : '+'}${(Math.abs(millibits) / 1000).toFixed(3)}`

export function Held({ of }: { of: Subject }) {
  if (of.held.length === 0) return <p className="dim">One appearance: nothing was linked.</p>
  return (
    <>
      <p className="dim small-text">
        The fewest links that hold the appearances, the strongest first; the last is the weakest bridge. Bits: three for
        it are eight to one.
      </p>
      <ol className="plain-list holds">
        {of.held.map((hold) =>
          hold.by === 'decision' ? (
            <li key={hold.decision}>
              <Safe text={hold.says} />
            </li>
          ) : (
            <li key={`${hold.link.one.id} ${hold.link.other.id}`}>
              <LinkLines of={hold.link} />
            </li>
          ),
        )}
      </ol>
    </>
  )
}

/** A waterfall as a table: prior, lines, sum. */
export function LinkLines({ of }: { of: Link }) {
  return (
    <table className="waterfall-table">
      <caption>
        {of.one.label} and {of.other.label} <span className="dim">({of.model})</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Evidence</th>
          <th scope="col">How they agree</th>
          <th scope="col" className="end">
            Bits
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>before</td>
          <td className="dim">two who share something at all</td>
          <td className="end number">{bits(of.prior)}</td>
        </tr>
        {of.lines.map((line) => (
          <tr key={`${line.field} ${line.value} ${line.level}`} className={line.aside ? 'row-aside' : ''}>
            <td>{line.field}</td>
            <td>
              <Safe text={line.level} />
              {line.value === null ? null : (
                <>
                  {' '}
                  <Safe text={line.value} />
                </>
              )}
              {line.aside ? <span className="tag">set aside</span> : null}
            </td>
            <td className="end number">{bits(line.counted)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row" colSpan={2}>
            Together
          </th>
          <td className="end number">{bits(of.weight)}</td>
        </tr>
      </tbody>
    </table>
  )
}

export function Parting({ of }: { of: Subject }) {
  const { two, nearest } = of
  return (
    <>
      {of.appearances.length < 2 ? null : of.flips.length === 0 ? (
        <p>No single fact{of.notTried > 0 ? ' of those that were tried' : ''} would part it.</p>
      ) : (
        <ul className="plain-list">
          {of.flips.map(({ fact, parts }) => (
            <li key={fact}>
              Without <Safe text={fact} />: {parts.map((part) => part.join(' + ')).join('  |  ')}
            </li>
          ))}
        </ul>
      )}
      {two === null ? null : (
        <p>
          If it is two people, then most likely {two.parts.map((part) => part.join(' + ')).join(' and ')}: they agree{' '}
          {bits(two.mean)} bits on average, {bits(two.above)} above the bar.
        </p>
      )}
      {nearest === null ? null : (
        <p>
          Nearest other subject: {nearest.label},{' '}
          {nearest.keptApart ? 'kept apart by a decision' : `${bits(-nearest.missing)} bits from the bar`}.
        </p>
      )}
    </>
  )
}
