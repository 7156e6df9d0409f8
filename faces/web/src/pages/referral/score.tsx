import type { Referral } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many, spaced } from '../../text/words.ts'
import { axisNumber } from '../../ui/axis.tsx'
import { Lot } from '../../ui/lot.tsx'
import { Priority } from '../../ui/priority.tsx'
import { Countdown, When } from '../../ui/when.tsx'
import { isFromCopy } from '../triage/rows.ts'
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

export function ScorePart({ of, item, lot }: { of: Score; item: Referral['item']; lot: Referral['lot'] }) {
  const { priority } = item
  return (
    <>
      <dl className="levels">
        <Level name="Effective" level={priority.effective} />
        <Level name="Declared" level={priority.declared} />
        <Level name="Computed" level={priority.computed} />
        <Level name="Confirmed" level={priority.confirmed} />
      </dl>
      {isFromCopy(item) ? <FromCopy /> : null}
      <Changed score={of} />
      <h3>Clocks</h3>
      <Clocks of={of.clocks} item={item} />
      <h3>What it adds up from</h3>
      <AsStated />
      <Waterfall score={of} />
      <p className="dim small-text">
        Score {of.number}, weights <Safe text={of.weightSet} />, <When at={of.scoredAt} />. The numbers are sums of set
        weights, in log-odds: they order work. They are no probability and never evidence.
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
      <Lot of={lot} />
      <h3>What would move it</h3>
      <Moves of={of} effective={priority.effective} />
    </>
  )
}

/** Sentences about a child or a person are the content of a report: nobody has found them to be so. */
export const AsStated = () => (
  <p className="dim small-text">As stated in the report or by the lists held here. Nothing of it is established.</p>
)

/** The clock of the priority that stands comes first; one of a level that no longer stands says so. */
function Clocks({ of, item }: { of: Score['clocks']; item: Referral['item'] }) {
  const { effective, confirmed } = item.priority
  const isPast = (says: string): boolean => confirmed !== null && /^P[123]:/.test(says) && !says.startsWith(effective)
  if (of.length === 0 && item.actBy === null) return <p className="dim">No clock runs.</p>
  return (
    <ul className="plain-list clocks">
      {item.actBy !== null && of.every((clock) => clock.dueAt !== item.actBy) ? (
        <li>
          <Countdown to={item.actBy} />
          <span>Act by, under the {effective} that stands.</span>
        </li>
      ) : null}
      {of.map((clock) => (
        <li key={clock.clock} className={isPast(clock.says) ? 'past-clock' : ''}>
          {clock.dueAt === null ? <span className="none">start unknown</span> : <Countdown to={clock.dueAt} />}
          <span title={revealed(clock.rule)}>
            <Safe text={clock.says} />
            {isPast(clock.says) ? ` Counted before a person set ${effective}.` : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Else "declared" and "effective" would seem to contradict each other. */
export const FromCopy = () => (
  <p className="small-text">The priority that stands was declared in a report folded into this one; see Related.</p>
)

type Move = Score['whatWouldMove'][number]

/** What would give another priority stands in sight; what only moves it inside its priority is folded away. */
function Moves({ of, effective }: { of: Score; effective: 'P1' | 'P2' | 'P3' }) {
  if (of.whatWouldMove.length === 0) return <p className="dim">Nothing single that is known of.</p>
  const level = (each: Move): boolean => each.gives.priority !== of.computed
  const telling = of.whatWouldMove.filter(level)
  const rest = of.whatWouldMove.filter((each) => !level(each))
  return (
    <>
      <p className="dim small-text">
        One answer changed, all else equal, and the computed priority it would give (now {of.computed}).{' '}
        {effective === of.computed ? '' : `The ${effective} that stands is only lowered by a person.`}
      </p>
      {telling.length === 0 ? (
        <p className="dim">No single answer would give another priority.</p>
      ) : (
        <MoveList of={telling} />
      )}
      {rest.length === 0 ? null : (
        <details className="folded-away">
          <summary>{many(rest.length, 'more answer')} would move it within its priority</summary>
          <MoveList of={rest} />
        </details>
      )}
    </>
  )
}

function MoveList({ of }: { of: readonly Move[] }) {
  return (
    <ul className="plain-list moves">
      {of.map((each) => (
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
