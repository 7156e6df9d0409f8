import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { LayoutInput } from './layout/layout.ts'
import { runLayout } from './layout/run.ts'
import { placeMissing } from './layout/start.ts'
import { degreeOf, type Graph } from './model/graph.ts'
import { painted } from './model/label.ts'
import type { Point } from './view/camera.ts'
import { shapeOf } from './view/shapes.ts'

const SEED = 1
/** Up to so many nodes there is room for every label; beyond, labels come and go with the zoom. */
const ROOM_FOR_LABELS = 1_500
/** A letter of a label at life size, on the average, in pixels. */
const LETTER = 6.4

const quiet = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * Where every node stands. What has a place keeps it: new nodes are laid out round those that stand, and only "lay out
 * again" moves all but the pinned ones.
 */
export function useArrangement(whole: Graph, pins: ReadonlySet<string>) {
  const places = useRef(new Map<string, Point>())
  const held = useRef(pins)
  held.current = pins
  const [version, setVersion] = useState(0)
  const [share, setShare] = useState(1)
  const [asked, setAsked] = useState(0)
  const answered = useRef(0)
  const [settled, setSettled] = useState(0)

  useEffect(() => {
    const isAgain = answered.current !== asked
    answered.current = asked
    const isFirst = places.current.size === 0
    const missing = whole.nodes.some(({ id }) => !places.current.has(id))
    if (whole.nodes.length === 0 || !(isAgain || missing)) return
    setShare(0)
    return runLayout(inputOf(whole, places.current, held.current, isAgain), (placed) => {
      setShare(placed.finished ? 1 : placed.share)
      // With reduced motion nothing wanders: the picture comes when it is finished.
      if (!placed.finished && quiet()) return
      whole.nodes.forEach(({ id }, at) => {
        places.current.set(id, { x: placed.x[at] ?? 0, y: placed.y[at] ?? 0 })
      })
      setVersion((before) => before + 1)
      if (placed.finished && (isAgain || isFirst)) setSettled((before) => before + 1)
    })
  }, [whole, asked])

  const put = useCallback((moved: Iterable<readonly [string, Point]>) => {
    for (const [id, point] of moved) places.current.set(id, point)
    setVersion((before) => before + 1)
  }, [])
  const placeOf = useCallback((id: string) => places.current.get(id), [])
  const layOutAgain = useCallback(() => setAsked((before) => before + 1), [])
  return { version, share, settled, put, placeOf, layOutAgain }
}

export type Arrangement = ReturnType<typeof useArrangement>

/** The places of a graph's nodes, in its order. */
export function usePlaces(graph: Graph, { version, placeOf }: Arrangement) {
  return useMemo(() => {
    // A new version is a new picture.
    void version
    const x = Float64Array.from(graph.nodes, ({ id }) => placeOf(id)?.x ?? Number.NaN)
    const y = Float64Array.from(graph.nodes, ({ id }) => placeOf(id)?.y ?? Number.NaN)
    placeMissing({ count: x.length, from: graph.from, to: graph.to }, x, y, SEED)
    return { x, y }
  }, [graph, version, placeOf])
}

function inputOf(
  graph: Graph,
  places: ReadonlyMap<string, Point>,
  pins: ReadonlySet<string>,
  isAgain: boolean,
): LayoutInput {
  const stays = (id: string): boolean => places.has(id) && (!isAgain || pins.has(id))
  const labelled = graph.nodes.length <= ROOM_FOR_LABELS
  const radius = (at: number): number => 9 * shapeOf(graph.nodes[at]?.kind ?? '').size + 4
  return {
    from: graph.from,
    to: graph.to,
    x: Float64Array.from(graph.nodes, ({ id }) => (stays(id) ? (places.get(id)?.x ?? 0) : Number.NaN)),
    y: Float64Array.from(graph.nodes, ({ id }) => (stays(id) ? (places.get(id)?.y ?? 0) : Number.NaN)),
    held: Uint8Array.from(graph.nodes, ({ id }) => (stays(id) ? 1 : 0)),
    seed: SEED,
    halfWidth: Float64Array.from(graph.nodes, ({ label, hidden }, at) =>
      labelled
        ? Math.max(radius(at), ((painted(label).length + (hidden > 0 ? 5 : 0)) * LETTER) / 2 + 4)
        : radius(at) + Math.min(6, degreeOf(graph, at)),
    ),
    above: Float64Array.from(graph.nodes, (_, at) => radius(at)),
    below: Float64Array.from(graph.nodes, (_, at) => radius(at) + (labelled ? 20 : 0)),
  }
}
