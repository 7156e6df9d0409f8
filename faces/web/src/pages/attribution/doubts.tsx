import type { Attribution } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'

/** Each doubt by its name, before anything else is said. */
export function Doubts({ of }: { of: Attribution['doubts'] }) {
  if (of.length === 0)
    return (
      <p className="doubts-none">No doubt was found by the checks that were made. It still takes a second person.</p>
    )
  return (
    <ul className="doubts" aria-label="Doubts">
      {of.map(({ code, says, bars }) => (
        <li key={code}>
          <b className="doubt-name">{code}</b>
          {bars ? <span className="tag tag-bars">bars</span> : null} <Safe text={says} />
        </li>
      ))}
    </ul>
  )
}
