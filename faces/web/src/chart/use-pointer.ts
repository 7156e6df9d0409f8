import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { Point } from './view/camera.ts'
import type { ChartView } from './view/chart-view.ts'

/** A press that moves less than this many pixels is a click. */
const CLICK = 4

export interface PointerHandlers {
  readonly isLasso: boolean
  hovered(node: number, edge: number, at: Point | null): void
  clicked(node: number, edge: number, more: boolean): void
  dragged(node: number, to: Point, ended: boolean): void
  lasso(loop: readonly Point[], ended: boolean): void
}

interface Press {
  readonly id: number
  readonly start: Point
  readonly node: number
  last: Point
  doing: 'click' | 'pan' | 'drag' | 'lasso'
  loop: Point[]
}

/** Mouse, pen and touch: drag to pan, drag a node to place it, two fingers or the wheel to zoom, a loop to select. */
export function usePointer(
  stage: RefObject<HTMLElement | null>,
  view: RefObject<ChartView | null>,
  handlers: PointerHandlers,
) {
  const press = useRef<Press | null>(null)
  const fingers = useRef(new Map<number, Point>())
  const placeIn = (event: { clientX: number; clientY: number }): Point => {
    const box = stage.current?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }

  useEffect(() => {
    const element = stage.current
    // Not by React: its listener for the wheel may not keep the page from scrolling.
    const rolled = (event: WheelEvent): void => {
      event.preventDefault()
      const box = element?.getBoundingClientRect()
      const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
      const lines = event.deltaMode === 1 ? 16 : 1
      view.current?.zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * 0.004), at)
    }
    element?.addEventListener('wheel', rolled, { passive: false })
    return () => element?.removeEventListener('wheel', rolled)
  }, [stage, view])

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || view.current === null) return
    const at = placeIn(event)
    fingers.current.set(event.pointerId, at)
    event.currentTarget.setPointerCapture(event.pointerId)
    if (fingers.current.size > 1) {
      press.current = null
      return
    }
    const node = view.current.pickNode(at)
    const doing = handlers.isLasso && node < 0 ? 'lasso' : 'click'
    press.current = { id: event.pointerId, start: at, last: at, node, doing, loop: [view.current.toChart(at)] }
  }

  const pinch = (moved: number, at: Point): void => {
    const [a, b] = [...fingers.current.entries()]
    if (a === undefined || b === undefined) return
    const [still, before] = a[0] === moved ? [b[1], a[1]] : [a[1], b[1]]
    const factor = distance(at, still) / Math.max(1, distance(before, still))
    view.current?.zoom(factor, { x: (at.x + still.x) / 2, y: (at.y + still.y) / 2 })
    view.current?.pan((at.x - before.x) / 2, (at.y - before.y) / 2)
  }

  const onPointerMove = (event: PointerEvent) => {
    const at = placeIn(event)
    const held = press.current
    if (fingers.current.size > 1 && fingers.current.has(event.pointerId)) {
      pinch(event.pointerId, at)
      fingers.current.set(event.pointerId, at)
      return
    }
    if (view.current === null) return
    // Another pointer may look while this one pans.
    if (held === null || held.id !== event.pointerId) {
      const node = view.current.pickNode(at)
      handlers.hovered(node, node >= 0 ? -1 : view.current.pickEdge(at), at)
      return
    }
    if (held.doing === 'click' && distance(at, held.start) >= CLICK) held.doing = held.node >= 0 ? 'drag' : 'pan'
    if (held.doing === 'pan') view.current.pan(at.x - held.last.x, at.y - held.last.y)
    if (held.doing === 'drag') handlers.dragged(held.node, view.current.toChart(at), false)
    if (held.doing === 'lasso') {
      held.loop.push(view.current.toChart(at))
      handlers.lasso(held.loop, false)
    }
    held.last = at
  }

  const onPointerUp = (event: PointerEvent) => {
    const held = press.current
    fingers.current.delete(event.pointerId)
    if (held === null || held.id !== event.pointerId || view.current === null) return
    press.current = null
    const at = placeIn(event)
    if (held.doing === 'lasso') handlers.lasso(held.loop, true)
    else if (held.doing === 'drag') handlers.dragged(held.node, view.current.toChart(at), true)
    else if (held.doing === 'click') {
      const edge = held.node >= 0 ? -1 : view.current.pickEdge(at)
      handlers.clicked(held.node, edge, event.shiftKey || event.ctrlKey || event.metaKey)
    }
  }

  const onPointerCancel = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId)
    press.current = null
    handlers.lasso([], true)
  }
  const onPointerLeave = () => handlers.hovered(-1, -1, null)
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onPointerLeave }
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
