import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import { many } from '../text/words.ts'
import { HoverCard, type Hovered } from './hover-card.tsx'
import type { Chart } from './use-chart.ts'
import { usePointer } from './use-pointer.ts'
import type { Point } from './view/camera.ts'
import { ChartView } from './view/chart-view.ts'
import type { Look } from './view/look.ts'
import { sceneOf } from './view/scene.ts'

interface Props {
  readonly chart: Chart
  readonly name: string
  readonly look: Look | null
  readonly dimmed: ReadonlySet<string>
  readonly isLasso: boolean
  readonly view: RefObject<ChartView | null>
  readonly onKey: (event: KeyboardEvent) => void
  /** What has the focus, in words. */
  readonly focusSays: string
}

/** The picture itself: one stop of Tab, in which arrows move between nodes. */
export function Stage({ chart, name, look, dimmed, isLasso, view, onKey, focusSays }: Props) {
  const { graph, places } = chart
  const stage = useRef<HTMLDivElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const base = useRef<HTMLCanvasElement>(null)
  const over = useRef<HTMLCanvasElement>(null)
  const [hovered, setHovered] = useState<Hovered | null>(null)
  const [loop, setLoop] = useState<readonly Point[]>([])
  const [dragged, setDragged] = useState(-1)
  const [turn, setTurn] = useState(0)
  const [hasFocus, setHasFocus] = useState(false)
  const help = useId()

  useEffect(() => {
    const element = stage.current
    if (element === null || layer.current === null || base.current === null || over.current === null) return
    const made = new ChartView({ layer: layer.current, base: base.current, over: over.current })
    view.current = made
    const measure = () => made.resize({ width: element.clientWidth, height: element.clientHeight }, devicePixelRatio)
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => {
      watch.disconnect()
      made.stop()
      view.current = null
    }
  }, [view])

  const scene = useMemo(() => sceneOf(graph, places.x, places.y, dimmed), [graph, places, dimmed])
  useEffect(() => {
    if (look !== null) view.current?.show(scene, look)
  }, [scene, look, view])

  // The first picture and one laid out anew are shown whole.
  const { settled } = chart.arrangement
  const fitted = useRef(-1)
  useEffect(() => {
    if (fitted.current === settled && settled > 0) return
    fitted.current = settled
    void scene
    view.current?.fit()
  }, [settled, scene, view])

  useEffect(() => {
    const numbers = (ids: Iterable<string>) => new Set([...ids].flatMap((id) => graph.numberOf.get(id) ?? []))
    const lit = new Set(chart.found?.edges ?? [])
    const edges = (which: ReadonlySet<string>) =>
      new Set(which.size === 0 ? [] : graph.edges.flatMap(({ id }, at) => (which.has(id) ? [at] : [])))
    view.current?.mark({
      selected: numbers(chart.chosen),
      selectedEdges: edges(chart.chosen),
      pathNodes: numbers(chart.found?.nodes ?? []),
      pathEdges: edges(lit),
      pinned: numbers(chart.pins),
      focused: chart.focused,
      isFocusShown: hasFocus,
      dragged,
      lasso: loop,
    })
    // Each step of a drag is a new picture of it.
    void turn
  }, [graph, chart.chosen, chart.found, chart.pins, chart.focused, hasFocus, dragged, turn, loop, view])

  useEffect(() => view.current?.hover(hovered?.node ?? -1, hovered?.edge ?? -1), [hovered, view])

  const idOf = (node: number): string => graph.nodes[node]?.id ?? ''
  const pointer = usePointer(stage, view, {
    isLasso,
    hovered: (node, edge, at) => setHovered(at === null || (node < 0 && edge < 0) ? null : { node, edge, at }),
    clicked(node, edge, more) {
      const id = node >= 0 ? idOf(node) : (graph.edges[edge]?.id ?? null)
      if (node >= 0) chart.focus(idOf(node))
      if (id === null) chart.onSelect([])
      else if (more) chart.toggle([id])
      else chart.onSelect([id])
    },
    dragged(node, to, ended) {
      places.x[node] = to.x
      places.y[node] = to.y
      setHovered(null)
      setDragged(ended ? -1 : node)
      setTurn((before) => before + 1)
      if (!ended) return
      chart.arrangement.put([[idOf(node), to]])
      chart.pin([idOf(node)], 'pin')
      chart.focus(idOf(node))
    },
    lasso(points, ended) {
      setLoop(ended ? [] : [...points])
      if (ended && points.length > 2) chart.add((view.current?.nodesIn(points) ?? []).map(idOf))
    },
  })

  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && hovered !== null) {
      event.preventDefault()
      setHovered(null)
    } else onKey(event)
  }

  return (
    <div className="chart-frame">
      <div
        ref={stage}
        className={isLasso ? 'chart-stage chart-lasso' : 'chart-stage'}
        role="application"
        aria-roledescription="link chart"
        aria-label={`${name}: ${many(graph.nodes.length, 'node')}, ${many(graph.edges.length, 'link')}`}
        aria-describedby={help}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application of its own, with its own keys: one stop of Tab
        tabIndex={0}
        onKeyDown={pressed}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
        {...pointer}
      >
        <div ref={layer} className="chart-layer" aria-hidden="true">
          <canvas ref={base} className="chart-canvas" />
          <canvas ref={over} className="chart-canvas" />
        </div>
      </div>
      <p id={help} className="unseen-caption">
        Arrows move between neighbours, Space selects, Enter opens the card of a node, question mark shows all keys. The
        same content stands in the tables of nodes and links.
      </p>
      <p className="unseen-caption" aria-live="polite">
        {hasFocus ? focusSays : ''}
      </p>
      {hovered === null ? null : <HoverCard of={hovered} graph={graph} width={view.current?.size.width ?? 0} />}
    </div>
  )
}
