import type { Referral } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { spaced } from '../../text/words.ts'
import { axisNumber } from '../../ui/axis.tsx'
import { Priority } from '../../ui/priority.tsx'
import { Countdown, When } from '../../ui/when.tsx'
import { Waterfall } from './waterfall.tsx'

type Score = Referral['score']

export function Changed({ score }: { score: Score }) {
  if (score.changedSinceRead.length === 0) return null
  return (
    <div className="changed" role="note" aria-label="Changed since you looked">
      <h3>Changed since you looked</h3>
      <ul className="plain-list">
        {score.changedSinceRead.map((line) => (
          <li key={line}>
            <Safe text={line} />
          </li>
        ))}
      </ul>
    </div>
  )
}

export function ScorePart({ of, priority }: { of: Score; priority: Referral['item']['priority'] }) {
  return (
    <>
      <dl className="levels">
        <Level name="Effective" level={priority.effective} />
        <Level name="Declared" level={priority.declared} />
        <Level name="Computed" level={priority.computed} />
        <Level name="Confirmed" level={priority.confirmed} />
      </dl>
      <Changed score={of} />
      <Waterfall score={of} />
      <p className="dim small-text">
        Score {of.number}, weights <Safe text={of.weightSet} />, <When at={of.scoredAt} />. It orders work; it is never
        evidence.
      </p>
      {of.remarks.length === 0 ? null : (
        <ul className="plain-list">
          {of.remarks.map((remark) => (
            <li key={remark}>
              <Safe text={remark} />
            </li>
          ))}
        </ul>
      )}
      <h3>What would move it</h3>
      {of.whatWouldMove.length === 0 ? (
        <p className="dim">Nothing single that is known of.</p>
      ) : (
        <ul className="plain-list">
          {of.whatWouldMove.map((each) => (
            <li key={`${each.factor} ${each.ifValue}`} className="move">
              <span>
                {each.open ? 'Ask: ' : 'If corrected: '}
                <b>{spaced(each.factor)}</b> = {each.ifValue}
              </span>
              <span className="move-gives">
                <Priority level={each.gives.priority} /> child {axisNumber(each.gives.childUrgency)}, danger{' '}
                {axisNumber(each.gives.offenderDanger)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <h3>Clocks</h3>
      {of.clocks.length === 0 ? (
        <p className="dim">No clock runs.</p>
      ) : (
        <ul className="plain-list clocks">
          {of.clocks.map((clock) => (
            <li key={clock.clock}>
              {clock.dueAt === null ? <span className="none">start unknown</span> : <Countdown to={clock.dueAt} />}
              <span title={revealed(clock.rule)}>
                <Safe text={clock.says} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Level({ name, level }: { name: string; level: 'P1' | 'P2' | 'P3' | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {level === null ? (
          <span className="none">{name === 'Confirmed' ? 'not yet' : 'not said'}</span>
        ) : (
          <Priority level={level} />
        )}
      </dd>
    </div>
  )
}
