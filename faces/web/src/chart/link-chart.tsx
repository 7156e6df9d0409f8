import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Safe } from '../text/safe-text.tsx'
import { count, many } from '../text/words.ts'
import { describeNode } from './describe.ts'
import { Details } from './details.tsx'
import { contentOf } from './export/content.ts'
import { ExportDialog } from './export-dialog.tsx'
import { Legend } from './legend.tsx'
import { MOST_NODES } from './model/automatic-groups.ts'
import type { ChartData, SearchAround } from './model/types.ts'
import { kindName } from './model/words.ts'
import { SearchAroundDialog } from './search-around.tsx'
import { Stage } from './stage.tsx'
import { type Shows, Tools } from './tools.tsx'
import { LinkTable, NodeTable } from './twin.tsx'
import { useActs } from './use-acts.ts'
import { useChart } from './use-chart.ts'
import { useLook } from './use-look.ts'
import type { ChartView } from './view/chart-view.ts'

export interface LinkChartProps {
  readonly data: ChartData
  /** Ids of nodes, groups and links; the page holds it, so that chart, table and timeline share one. */
  readonly selection: readonly string[]
  readonly onSelect: (ids: readonly string[]) => void
  /** Shown above the chart and written into everything that is exported. */
  readonly marking: string
  /** Ids of nodes and links that a brushed time leaves out: drawn faint, not removed. */
  readonly dimmed?: readonly string[]
  readonly onSearchAround?: (node: string, ask: SearchAround) => unknown
  readonly onOpen?: (node: string) => void
  readonly name?: string
}

const nothing: readonly string[] = []

/** People and what links them, as a picture and as tables, with one selection. */
export function LinkChart(props: LinkChartProps) {
  const { data, selection, onSelect, marking, dimmed = nothing, onSearchAround, onOpen, name = 'Link chart' } = props
  const chart = useChart({ data, selection, onSelect })
  const { graph, focused, found } = chart
  const view = useRef<ChartView | null>(null)
  const place = useRef<HTMLElement>(null)
  const [shows, setShows] = useState<Shows>('chart')
  const [isLasso, setLasso] = useState(false)
  const [hasLegend, setLegend] = useState(true)
  const [hasCard, setCard] = useState(false)
  const [dialog, setDialog] = useState<'around' | 'export' | null>(null)
  const look = useLook(place)
  const faint = useMemo(() => new Set(dimmed), [dimmed])

  // A path is a statement about one picture: another picture has another answer.
  const { setFound } = chart
  useEffect(() => {
    void graph
    setFound(null)
  }, [graph, setFound])

  const backToStage = useCallback(() => {
    const stage = place.current?.querySelector('.chart-stage')
    if (stage instanceof HTMLElement) stage.focus({ preventScroll: true })
  }, [])
  const openAround = () => {
    const node = graph.nodes[focused]
    if (node === undefined) chart.setSays('Go to a node first: the search is around the node in focus.')
    else if (node.members !== undefined) chart.setSays('A group has no neighbours of its own: open it first.')
    else setDialog('around')
  }
  const searchAround = onSearchAround === undefined ? undefined : openAround
  const { act, onKey } = useActs(chart, view, { isLasso, setLasso, openCard: () => setCard(true), searchAround })

  const { focus } = chart
  const show = useCallback(
    (id: string) => {
      focus(id)
      setShows('chart')
      // The picture is mounted first.
      setTimeout(() => {
        backToStage()
        const at = graph.numberOf.get(id)
        if (at !== undefined) view.current?.reveal(at)
      })
    },
    [focus, graph, backToStage],
  )
  const focusedNode = graph.nodes[focused]
  const filtered = [...chart.filter.nodes, ...chart.filter.edges].map(kindName)
  const { share } = chart.arrangement
  return (
    <section ref={place} className="chart" aria-label={name}>
      <p className="chart-marking">
        <Safe text={marking} />
      </p>
      <Tools
        shows={shows}
        setShows={setShows}
        isLasso={isLasso}
        act={(which) => act(which)}
        layOutAgain={chart.arrangement.layOutAgain}
        exportIt={() => setDialog('export')}
        hasLegend={hasLegend}
        switchLegend={() => setLegend(!hasLegend)}
        canSearchAround={searchAround !== undefined}
      />
      <div className="chart-body">
        {hasLegend ? <Legend data={data} filter={chart.filter} change={chart.setFilter} /> : null}
        <div className="chart-main">
          {shows === 'chart' ? (
            <Stage
              chart={chart}
              name={name}
              look={look}
              dimmed={faint}
              isLasso={isLasso}
              view={view}
              onKey={onKey}
              focusSays={describeNode(graph, focused, {
                selected: chart.chosen.has(chart.focusId ?? ''),
                pinned: chart.pins.has(chart.focusId ?? ''),
                cameFrom: graph.numberOf.get(chart.cameFrom ?? '') ?? -1,
              })}
            />
          ) : shows === 'nodes' ? (
            <NodeTable chart={chart} show={show} />
          ) : (
            <LinkTable chart={chart} show={show} />
          )}
        </div>
        {hasCard && shows === 'chart' && focusedNode !== undefined ? (
          <Details
            chart={chart}
            open={onOpen}
            searchAround={searchAround}
            close={() => {
              setCard(false)
              backToStage()
            }}
          />
        ) : null}
      </div>
      <footer className="chart-foot">
        <span>
          {many(graph.nodes.length, 'node')}, {many(graph.edges.length, 'link')}
          {graph.setAside.length === 0 ? '' : `, ${count(graph.setAside.length)} not drawn`}
          {chart.chosen.size === 0 ? '' : `, ${count(chart.chosen.size)} selected`}
          {faint.size === 0 ? '' : `, ${count(faint.size)} outside the brushed time`}
        </span>
        {data.nodes.length > MOST_NODES ? (
          <span>{count(data.nodes.length)} nodes are too many to draw: they are folded into groups.</span>
        ) : null}
        {share < 1 ? <span>Laying out, {Math.round(share * 100)} %</span> : null}
        <span role="status" className="chart-says">
          {found?.says ?? chart.says}
        </span>
      </footer>
      {dialog === 'around' && focusedNode !== undefined && onSearchAround !== undefined ? (
        <SearchAroundDialog
          node={focusedNode}
          send={async (ask) => onSearchAround(focusedNode.id, ask)}
          close={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'export' && look !== null ? (
        <ExportDialog
          content={contentOf(graph, chart.places.x, chart.places.y, marking, filtered)}
          look={look}
          close={() => setDialog(null)}
        />
      ) : null}
    </section>
  )
}
