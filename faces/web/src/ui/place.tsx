import { revealed } from '../text/safe.ts'
import { Safe } from '../text/safe-text.tsx'

/** Where something stands in its source. In a table it is cut at its start: the end tells places apart. */
export const Place = ({ of }: { of: string }) => (
  <code className="place-in" title={revealed(of)}>
    <bdi dir="ltr">
      <Safe text={of} />
    </bdi>
  </code>
)

/** Long hashes are cut in the middle for the eye; the whole stands in the title and in what is copied. */
export function Hash({ value }: { value: string }) {
  const whole = revealed(value)
  return (
    <code title={whole} className="hash">
      {whole.length > 20 ? `${whole.slice(0, 10)}…${whole.slice(-6)}` : whole}
    </code>
  )
}

export const WholeHash = ({ value }: { value: string }) => <code className="whole-hash">{revealed(value)}</code>
