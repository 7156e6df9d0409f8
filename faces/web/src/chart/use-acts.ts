import type { KeyboardEvent, RefObject } from 'react'
import { nameOf } from '../keyboard/matcher.ts'
import { findCommon, findPath } from './find-ways.ts'
import { actOf, type ChartAct, directionOf } from './keys.ts'
import { linksOf } from './model/graph.ts'
import { aroundOf, inDirection, mostLinked } from './model/walk.ts'
import type { Chart } from './use-chart.ts'
import type { ChartView } from './view/chart-view.ts'

const ZOOM = 1.25
const PAN = 80
const STEP = 20

interface Around {
  readonly isLasso: boolean
  readonly setLasso: (on: boolean) => void
  readonly openCard: () => void
  readonly searchAround: (() => void) | undefined
}

/** What each act does, whether a key or a button asks for it. `press` tells arrows apart. */
export function useActs(chart: Chart, view: RefObject<ChartView | null>, around: Around) {
  const { graph, places, focused } = chart
  const idOf = (node: number): string => graph.nodes[node]?.id ?? ''
  const goTo = (node: number, from = -1) => {
    if (node < 0) return
    chart.focus(idOf(node), from < 0 ? null : idOf(from))
    view.current?.reveal(node)
  }
  const step = (by: number) => {
    const count = graph.nodes.length
    if (count > 0) goTo(focused < 0 ? 0 : (focused + by + count) % count)
  }
  const turn = (by: number) => {
    const centre = graph.numberOf.get(chart.cameFrom ?? '') ?? -1
    const ring = aroundOf(graph, places, centre < 0 ? focused : centre)
    if (ring.length === 0) return
    const at = centre < 0 ? (by > 0 ? -1 : 0) : ring.indexOf(focused)
    goTo(ring[(at + by + ring.length) % ring.length] ?? -1, centre < 0 ? focused : centre)
  }
  const here = (): readonly string[] =>
    chart.chosenNodes.length > 0 ? chart.chosenNodes : focused >= 0 ? [idOf(focused)] : []
  const move = (press: string) => {
    if (focused < 0) return
    const to = directionOf(press)
    const scale = view.current?.camera.scale ?? 1
    const point = {
      x: (places.x[focused] ?? 0) + (to.x * STEP) / scale,
      y: (places.y[focused] ?? 0) + (to.y * STEP) / scale,
    }
    chart.arrangement.put([[idOf(focused), point]])
    chart.pin([idOf(focused)], 'pin')
  }
  const find = (how: typeof findPath) => {
    const found = how(graph, chart.chosenNodes)
    chart.setFound(typeof found === 'string' ? null : found)
    chart.setSays(typeof found === 'string' ? found : found.says)
  }

  const act = (which: ChartAct, press = ''): boolean => {
    const to = directionOf(press)
    switch (which) {
      case 'neighbour':
        goTo(focused < 0 ? mostLinked(graph) : inDirection(graph, places, focused, to), focused)
        return true
      case 'next-neighbour':
      case 'previous-neighbour':
        turn(which === 'next-neighbour' ? 1 : -1)
        return true
      case 'first':
        goTo(mostLinked(graph))
        return true
      case 'next':
      case 'previous':
        step(which === 'next' ? 1 : -1)
        return true
      case 'open':
        if (focused < 0) goTo(mostLinked(graph))
        around.openCard()
        return true
      case 'select':
        if (focused >= 0) chart.toggle([idOf(focused)])
        return true
      case 'select-around':
        if (focused >= 0) chart.add([focused, ...linksOf(graph, focused).map(({ node }) => node)].map(idOf))
        return true
      case 'clear':
        if (around.isLasso) around.setLasso(false)
        else if (chart.found !== null) chart.setFound(null)
        else if (chart.chosen.size > 0) chart.onSelect([])
        else return false
        chart.setSays('')
        return true
      case 'zoom-in':
      case 'zoom-out':
        view.current?.zoom(which === 'zoom-in' ? ZOOM : 1 / ZOOM)
        return true
      case 'whole':
        view.current?.fit()
        return true
      case 'zoom-to':
        view.current?.fit(here().flatMap((id) => graph.numberOf.get(id) ?? []))
        return true
      case 'pan':
        view.current?.pan(-to.x * PAN, -to.y * PAN)
        return true
      case 'move':
        move(press)
        return true
      case 'pin':
        if (here().length > 0) chart.pin(here())
        return true
      case 'fold':
        chart.group()
        return true
      case 'unfold':
        chart.openGroups()
        return true
      case 'path':
        find(findPath)
        return true
      case 'common':
        find(findCommon)
        return true
      case 'around':
        if (around.searchAround === undefined) return false
        around.searchAround()
        return true
      case 'lasso':
        around.setLasso(!around.isLasso)
        return true
    }
  }

  const onKey = (event: KeyboardEvent) => {
    const name = nameOf({ key: event.key, control: event.ctrlKey, shift: event.shiftKey, alt: event.altKey })
    if (name === null || event.metaKey) return
    const which = actOf(name)
    if (which !== undefined && act(which, name)) event.preventDefault()
  }
  return { act, onKey }
}
