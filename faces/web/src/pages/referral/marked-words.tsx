import type { narratives, ResponseOf } from '@tandem/contract'
import { Safe } from '../../text/safe-text.tsx'
import { Hint, Pairs } from '../../ui/hint.tsx'

type Words = ResponseOf<typeof narratives>['words'][number]
type Found = Words['found'][number]

interface Spot {
  readonly start: number
  readonly end: number
  readonly found: readonly Found[]
}

/** Finds that share letters (a mail address inside an address of a site) are one spot with several readings. */
export function spotsOf(found: readonly Found[]): Spot[] {
  const spots: Spot[] = []
  for (const each of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = spots.at(-1)
    if (last !== undefined && each.start < last.end)
      spots[spots.length - 1] = {
        start: last.start,
        end: Math.max(last.end, each.end),
        found: [...last.found, each],
      }
    else spots.push({ start: each.start, end: each.end, found: [each] })
  }
  return spots
}

/** The words with every identifier marked where it stands; what it is and why, on hover and on focus. */
export function MarkedWords({ of: { text, found } }: { of: Words }) {
  const spots = spotsOf(found)
  return (
    <blockquote className="narrative">
      {spots.map((spot, index) => (
        <span key={spot.start}>
          <Safe text={text.slice(spots[index - 1]?.end ?? 0, spot.start)} lines />
          <Hint says={<Readings of={spot.found} />}>
            <mark className={`found found-${strongest(spot.found)}`}>
              <Safe text={text.slice(spot.start, spot.end)} lines />
            </mark>
          </Hint>
        </span>
      ))}
      <Safe text={text.slice(spots.at(-1)?.end ?? 0)} lines />
      {spots.length === 0 ? null : (
        <details className="folded-away found-list">
          <summary>
            {found.length === 1 ? '1 identifier' : `${found.length} identifiers`} in these words. Nobody is said to own
            them.
          </summary>
          <ul className="plain-list">
            {found.map((each) => (
              <li key={`${each.start} ${each.kind} ${each.normal}`}>
                <span className="tag">{each.kind}</span>{' '}
                <code>
                  <Safe text={each.normal} />
                </code>{' '}
                <span className="dim">
                  {each.strength}: <Safe text={each.because} />
                </span>{' '}
                <LooksLike of={each.looksLike} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </blockquote>
  )
}

const strengths = ['checksum', 'form', 'weak'] as const
const strongest = (found: readonly Found[]): string =>
  strengths.find((strength) => found.some((each) => each.strength === strength)) ?? 'weak'

const Readings = ({ of }: { of: readonly Found[] }) => (
  <>
    {of.map((each) => (
      <Pairs
        key={`${each.kind} ${each.normal}`}
        of={[
          ['Kind', each.kind],
          ['Normal form', <Safe key="n" text={each.normal} />],
          ['Strength', each.strength],
          ['Because', <Safe key="b" text={each.because} />],
          ['Looks like', each.looksLike === null ? 'itself' : <Safe key="l" text={each.looksLike} />],
        ]}
      />
    ))}
  </>
)

/** A name that a reader takes for another: said beside it, in words. */
export const LooksLike = ({ of }: { of: string | null }) =>
  of === null ? null : (
    <span className="tag looks-like">
      looks like <Safe text={of} />, is not
    </span>
  )
