import { priorityNames } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { spaced } from '../../text/words.ts'
import { Priority } from '../../ui/priority.tsx'

/** What would change. Two priorities stand side by side; any other field is told by its name. */
export function Change({ of }: { of: Record<string, unknown> }) {
  const from = priorityNames.find((each) => each === of['from'])
  const to = priorityNames.find((each) => each === of['to'])
  const isPriority = from !== undefined && to !== undefined
  const { score } = of
  const shown = [...(isPriority ? ['from', 'to'] : []), ...(typeof score === 'number' ? ['score'] : [])]
  const { records } = of
  // Ids of records tell nobody anything: how many there are does.
  const counted = Array.isArray(records)
    ? { ...of, records: `${records.length} (the referral, and the files it came in)` }
    : of
  const others = Object.entries(counted).filter(([name]) => !shown.includes(name))
  return (
    <span className="change">
      {isPriority ? (
        <span className="change-levels">
          <Priority level={from} big />
          <span aria-hidden="true">→</span>
          <span className="unseen-caption"> to </span>
          <Priority level={to} big />
        </span>
      ) : null}
      {others.map(([name, value]) => (
        <span key={name}>
          <span className="dim">{spaced(name)}</span>{' '}
          {typeof value === 'string' ? revealed(value) : JSON.stringify(value)}
        </span>
      ))}
      {typeof score === 'number' ? <span className="dim">on seeing score {score}</span> : null}
      {Object.keys(of).length === 0 ? <span className="none">no field named</span> : null}
    </span>
  )
}

/** What was proposed, in words; a verb that is not known here is told as it is. */
export const proposedWords = (verb: string): string =>
  verb === 'prioritise' ? 'Lower the priority' : verb === 'erase' ? 'Erase for good' : spaced(verb)
