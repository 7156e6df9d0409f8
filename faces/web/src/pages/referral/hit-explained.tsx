import { explainHit, type ResponseOf } from '@tandem/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../data/client.ts'
import { Safe } from '../../text/safe-text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Loading, ProblemLine } from '../../ui/problem.tsx'

type Explained = ResponseOf<typeof explainHit>

const explainedQuery = (hit: string) =>
  queryOptions({ queryKey: ['hit', hit], queryFn: () => call(explainHit, { params: { id: hit } }) })

/** Why a hit is one, drawn: which bits of the two hashes differ, and in which bands of the matcher. */
export function HitExplained({ hit, close }: { hit: string; close: () => void }) {
  const query = useQuery(explainedQuery(hit))
  return (
    <Dialog title="Why this is a hit" wide close={close}>
      {query.isError ? (
        <ProblemLine error={query.error} />
      ) : query.data === undefined ? (
        <Loading what="the explanation" />
      ) : (
        <Explanation of={query.data} />
      )}
    </Dialog>
  )
}

function Explanation({ of }: { of: Explained }) {
  return (
    <div className="hit-explained">
      <ul className="plain-list">
        {of.says.map((line) => (
          <li key={line}>
            <Safe text={line} />
          </li>
        ))}
      </ul>
      {of.bands.length === 0 ? null : <BitGrid of={of} />}
      <dl className="facts">
        <Fact name="List" value={`${of.list} version ${of.version}, by ${of.publisher}`} />
        <Fact name="Entry" value={of.entry ?? `number ${of.position + 1} of the list`} />
        <Fact
          name="Category"
          value={of.category === null ? 'none given' : `${of.category.value} (${of.category.scheme})`}
        />
        <Fact name="Hash of the file" value={of.value} isCode />
        <Fact name="Hash on the list" value={of.listed} isCode />
        {of.kind === 'pdq' ? (
          <>
            <Fact name="Bits that differ" value={`${of.distance} of 256; up to ${of.threshold} count as alike`} />
            <Fact name="Quality on the list" value={of.quality === null ? 'not said' : `${of.quality} of 100`} />
            <Fact name="Dialect" value={of.dialect} />
            <Fact name="Variant" value={of.variant} />
          </>
        ) : null}
      </dl>
    </div>
  )
}

function Fact({ name, value, isCode = false }: { name: string; value: string; isCode?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {isCode ? (
          <code className="whole-hash">
            <Safe text={value} />
          </code>
        ) : (
          <Safe text={value} />
        )}
      </dd>
    </div>
  )
}

const CELL = 14
const GAP = 2
const STEP = CELL + GAP
const LEFT = 56

/** One row a band of the matcher, one square a bit; a bit that differs is filled and crossed, not only coloured. */
function BitGrid({ of }: { of: Explained }) {
  const width = LEFT + 16 * STEP + 44
  const height = of.bands.length * STEP
  const inWords = of.bands
    .filter(({ differing }) => differing.length > 0)
    .map(({ band, differing }) => `band ${band + 1}: ${differing.length}`)
  return (
    <figure className="bit-grid">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={`${of.distance} of 256 bits differ${inWords.length === 0 ? '' : `; ${inWords.join(', ')}`}`}
      >
        {of.bands.map(({ band, bits, differing }, row) => (
          <g key={band} transform={`translate(0 ${row * STEP})`}>
            <text className="bit-label" x={0} y={CELL - 3}>
              band {band + 1}
            </text>
            {bits.map((bit, column) => (
              <Bit key={bit} bit={bit} x={LEFT + column * STEP} differs={differing.includes(bit)} />
            ))}
            <text className="bit-label" x={LEFT + 16 * STEP + 6} y={CELL - 3}>
              {differing.length === 0 ? '' : differing.length}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="dim small-text">
        Crossed squares are bits in which the two hashes differ. The matcher looks in the bands where few differ.
      </figcaption>
    </figure>
  )
}

function Bit({ bit, x, differs }: { bit: number; x: number; differs: boolean }) {
  return (
    <g className={differs ? 'bit differs' : 'bit'}>
      <title>{`bit ${bit}: ${differs ? 'differs' : 'the same'}`}</title>
      <rect x={x} y={0} width={CELL} height={CELL} rx={2} />
      {differs ? <path d={`M${x + 3} 3l${CELL - 6} ${CELL - 6}M${x + CELL - 3} 3l${6 - CELL} ${CELL - 6}`} /> : null}
    </g>
  )
}
