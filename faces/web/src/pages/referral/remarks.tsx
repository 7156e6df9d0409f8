import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Place } from '../../ui/place.tsx'

/** What the reader of the format found odd, and what it did not know: nothing is dropped in silence. */
export function Remarks({ of }: { of: Referral }) {
  const { remarks, unknownFields } = of
  return (
    <>
      {remarks.length === 0 ? (
        <p className="dim">The report was read without a remark.</p>
      ) : (
        <ul className="plain-list remarks">
          {remarks.map((remark) => (
            <li key={`${remark.code} ${remark.place}`}>
              <span className="tag">{remark.code}</span>
              <span>
                <Safe text={remark.says} />
              </span>
              <Place of={remark.place} />
            </li>
          ))}
        </ul>
      )}
      {unknownFields.length === 0 ? null : (
        <>
          <h3>Fields this version does not know</h3>
          <p className="dim">They are kept with the payload and were not used.</p>
          <ul className="plain-list">
            {unknownFields.map((field) => (
              <li key={field}>
                <Place of={field} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
