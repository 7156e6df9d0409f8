import { useMemo, useState } from 'react'
import { revealed } from '../text/safe.ts'
import { Safe } from '../text/safe-text.tsx'
import { count } from '../text/words.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { degreeOf, type Graph } from './model/graph.ts'
import { isDirected, type ShownEdge, type ShownNode } from './model/types.ts'
import { kindName } from './model/words.ts'
import type { Chart } from './use-chart.ts'

/** The table is no virtual one: so many rows at a time. */
const PAGE = 250

interface Props {
  readonly chart: Chart
  /** Back to the picture, with this node in focus. */
  readonly show: (id: string) => void
}

const chooser = (chart: Chart, id: string, label: string) => (
  <input
    type="checkbox"
    aria-label={`Select ${revealed(label)}`}
    checked={chart.chosen.has(id)}
    onChange={() => chart.toggle([id])}
  />
)

/** The nodes of the chart as a table, with the same selection. */
export function NodeTable({ chart, show }: Props) {
  const { graph, pins } = chart
  const columns = useMemo(
    (): readonly Column<ShownNode>[] => [
      {
        id: 'chosen',
        head: 'Selected',
        value: ({ id }) => (chart.chosen.has(id) ? 'yes' : 'no'),
        cell: ({ id, label }) => chooser(chart, id, label),
      },
      {
        id: 'label',
        head: 'Node',
        grows: true,
        value: ({ label }) => label,
        cell: ({ id, label }) => (
          <button type="button" className="button button-quiet cell-button" onClick={() => show(id)}>
            <Safe text={label} />
          </button>
        ),
      },
      { id: 'kind', head: 'Kind', value: ({ kind }) => kindName(kind) },
      { id: 'links', head: 'Links', align: 'end', value: ({ id }) => degreeOf(graph, graph.numberOf.get(id) ?? -1) },
      { id: 'hidden', head: 'Not shown', align: 'end', value: ({ hidden }) => hidden },
      {
        id: 'standing',
        head: 'Standing',
        value: ({ standing }) => standing ?? null,
        cell: ({ standing }) => (standing === undefined ? '–' : <Safe text={standing} />),
      },
      { id: 'members', head: 'In group', align: 'end', value: ({ members }) => members?.length ?? null },
      { id: 'pinned', head: 'Pinned', value: ({ id }) => (pins.has(id) ? 'pinned' : null) },
    ],
    [chart, graph, pins, show],
  )
  return <Paged name="Nodes of the link chart" rows={graph.nodes} columns={columns} textOf={({ label }) => label} />
}

/** The links of the chart as a table, each with its reason; and what could not be drawn. */
export function LinkTable({ chart, show }: Props) {
  const { graph } = chart
  const columns = useMemo(
    (): readonly Column<ShownEdge>[] => [
      {
        id: 'chosen',
        head: 'Selected',
        value: ({ id }) => (chart.chosen.has(id) ? 'yes' : 'no'),
        cell: ({ id, label }) => chooser(chart, id, label),
      },
      {
        id: 'from',
        head: 'From',
        value: ({ from }) => labelOf(graph, from),
        cell: ({ from }) => <Go graph={graph} id={from} show={show} />,
      },
      { id: 'kind', head: 'Kind', value: ({ kind }) => `${isDirected(kind) ? '→ ' : ''}${kindName(kind)}` },
      {
        id: 'to',
        head: 'To',
        value: ({ to }) => labelOf(graph, to),
        cell: ({ to }) => <Go graph={graph} id={to} show={show} />,
      },
      {
        id: 'reason',
        head: 'Reason',
        grows: true,
        value: ({ label }) => label,
        cell: ({ label }) => <Safe text={label} />,
      },
      { id: 'weight', head: 'Weight', align: 'end', value: ({ weight }) => weight ?? null },
      { id: 'decided', head: 'Decided', value: ({ decided }) => (decided === undefined ? null : kindName(decided)) },
    ],
    [chart, graph, show],
  )
  return (
    <>
      <Paged
        name="Links of the link chart"
        rows={graph.edges}
        columns={columns}
        textOf={(edge) => `${labelOf(graph, edge.from)} ${edge.label} ${labelOf(graph, edge.to)}`}
      />
      {graph.setAside.length === 0 ? null : (
        <details className="folded-away chart-aside">
          <summary>{graph.setAside.length} entries could not be drawn</summary>
          <ul className="plain-list">
            {graph.setAside.slice(0, PAGE).map(({ id, why }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one id may stand here twice, and the list never moves
              <li key={at}>
                <Safe text={id} />: {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

const labelOf = (graph: Graph, id: string): string => graph.nodes[graph.numberOf.get(id) ?? -1]?.label ?? id

const Go = ({ graph, id, show }: { graph: Graph; id: string; show: (id: string) => void }) => (
  <button type="button" className="button button-quiet cell-button" onClick={() => show(id)}>
    <Safe text={labelOf(graph, id)} />
  </button>
)

interface PagedProps<Row> {
  readonly name: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly textOf: (row: Row) => string
}

function Paged<Row extends ShownNode | ShownEdge>({ name, rows, columns, textOf }: PagedProps<Row>) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const wanted = text.trim().toLowerCase()
  const found = useMemo(
    () => (wanted === '' ? rows : rows.filter((row) => textOf(row).toLowerCase().includes(wanted))),
    [rows, wanted, textOf],
  )
  const page = Math.min(at, Math.max(0, Math.ceil(found.length / PAGE) - 1))
  const begin = page * PAGE
  const end = Math.min(found.length, begin + PAGE)
  return (
    <div className="chart-table">
      <div className="chart-table-tools">
        <input
          type="search"
          aria-label={`Find in: ${name}`}
          placeholder="Find"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="dim">
          {found.length === 0 ? 'None' : `${count(begin + 1)} to ${count(end)} of ${count(found.length)}`}
        </span>
        {found.length > PAGE ? (
          <>
            <Button onClick={() => setAt(page - 1)} disabled={page === 0}>
              Earlier rows
            </Button>
            <Button onClick={() => setAt(page + 1)} disabled={end === found.length}>
              Further rows
            </Button>
          </>
        ) : null}
      </div>
      <DataTable name={name} columns={columns} rows={found.slice(begin, end)} keyOf={({ id }) => id} />
    </div>
  )
}
