import { capsOf } from '../keyboard/actions.ts'

/** The caps of a key, for the eye; assistive technology reads `aria-keyshortcuts` on the control instead. */
export function Keys({ of }: { of: string }) {
  return (
    <span className="keys" aria-hidden="true">
      {capsOf(of).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
