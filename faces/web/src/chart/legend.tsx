import { useId } from 'react'
import { count } from '../text/words.ts'
import { cornersOf } from './export/svg.ts'
import { countKinds, type Filter } from './model/shown.ts'
import { type ChartData, type EdgeKind, edgeKinds } from './model/types.ts'
import { kindName } from './model/words.ts'
import { lines, shapeOf } from './view/shapes.ts'

interface Props {
  readonly data: ChartData
  readonly filter: Filter
  readonly change: (filter: Filter) => void
}

const switched = (set: ReadonlySet<string>, kind: string): ReadonlySet<string> =>
  set.has(kind) ? new Set([...set].filter((each) => each !== kind)) : new Set([...set, kind])

/** The rule by which things are drawn, and the switch for each kind, in one. */
export function Legend({ data, filter, change }: Props) {
  const counts = countKinds(data)
  const id = useId()
  return (
    <aside className="chart-legend" aria-labelledby={id}>
      <h2 id={id}>Legend and filter</h2>
      <fieldset className="chart-kinds">
        <legend>Nodes</legend>
        {[...counts.nodes].map(([kind, howMany]) => (
          <Kind
            key={kind}
            says={kindName(kind)}
            drawn={shapeOf(kind).says}
            howMany={howMany}
            on={!filter.nodes.has(kind)}
            change={() => change({ ...filter, nodes: switched(filter.nodes, kind) })}
          >
            <ShapeSign kind={kind} />
          </Kind>
        ))}
      </fieldset>
      <fieldset className="chart-kinds">
        <legend>Links</legend>
        {edgeKinds
          .filter((kind) => counts.edges.has(kind))
          .map((kind) => (
            <Kind
              key={kind}
              says={kindName(kind)}
              drawn={lines[kind].says}
              howMany={counts.edges.get(kind) ?? 0}
              on={!filter.edges.has(kind)}
              change={() => change({ ...filter, edges: switched(filter.edges, kind) })}
            >
              <LineSign kind={kind} />
            </Kind>
          ))}
      </fieldset>
      <ul className="chart-signs">
        <li>Bar across a link: a person decided “together”. Cross: “not together”.</li>
        <li>+12 beside a name: twelve neighbours are not shown.</li>
        <li>
          <ShapeSign kind="group" /> Ringed octagon: a group of nodes.
        </li>
        <li>Ring: selected. Dashed ring: in focus. Needle: pinned.</li>
      </ul>
    </aside>
  )
}

interface KindProps {
  readonly says: string
  readonly drawn: string
  readonly howMany: number
  readonly on: boolean
  readonly change: () => void
  readonly children: React.ReactNode
}

const Kind = ({ says, drawn, howMany, on, change, children }: KindProps) => (
  <label className="chart-kind">
    <input type="checkbox" checked={on} onChange={change} />
    {children}
    <span>
      {says}
      <span className="unseen-caption">, drawn as {drawn}</span>
    </span>
    <span className="dim">{count(howMany)}</span>
  </label>
)

export function ShapeSign({ kind }: { kind: string }) {
  const shape = shapeOf(kind)
  const name = `chart-fill chart-fill-${shape.colour}`
  return (
    <svg className="chart-sign" viewBox="0 0 20 20" aria-hidden="true">
      {shape.corners === 'circle' ? (
        <circle className={name} cx="10" cy="10" r={5.5 * Math.min(1.1, shape.size)} />
      ) : (
        <polygon className={name} points={cornersOf(kind, 10, 10, 6 * Math.min(1.15, shape.size))} />
      )}
      {shape.ring === true ? (
        <circle className={`chart-ring chart-line-${shape.colour}`} cx="10" cy="10" r="8.7" />
      ) : null}
    </svg>
  )
}

function LineSign({ kind }: { kind: EdgeKind }) {
  const line = lines[kind]
  return (
    <svg className="chart-sign" viewBox="0 0 20 20" aria-hidden="true">
      <path
        className={`chart-line-${line.colour}`}
        d="M0 10H20"
        strokeWidth={line.width * 1.3}
        strokeDasharray={line.dashes.join(' ')}
      />
    </svg>
  )
}
