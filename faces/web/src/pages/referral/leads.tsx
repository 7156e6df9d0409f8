import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Place } from '../../ui/place.tsx'

/** Places and rules, no words: what is there is opened on purpose, below. */
export function Leads({ of }: { of: Referral }) {
  const byRule = Map.groupBy(of.leads, ({ rule }) => rule)
  return (
    <>
      <p className="dim small-text">
        Rules for words find these places. Nothing of it is established and no rank is moved: open the place and read.
        Where no rule speaks, nothing is proved either.
      </p>
      <ul className="plain-list">
        {[...byRule].map(([rule, leads]) => {
          const [first] = leads
          if (first === undefined) return null
          return (
            <li key={rule}>
              <Safe text={first.says} />
              {first.stage === null ? null : <span className="tag">{first.stage}</span>}{' '}
              {leads.slice(0, 5).map(({ place, from, writtenBy }) => (
                <span key={`${place} ${from}`}>
                  <Place of={place} /> <span className="dim small-text">written by {writtenBy} </span>
                </span>
              ))}
              {leads.length > 5 ? <span className="dim">and {leads.length - 5} more </span> : null}
              <span className="dim small-text">
                <Safe text={rule} />
              </span>
            </li>
          )
        })}
      </ul>
      {of.leadsLeftOut === 0 ? null : <p>{of.leadsLeftOut} more places are not listed.</p>}
    </>
  )
}
