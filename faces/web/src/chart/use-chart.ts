import { useCallback, useMemo, useState } from 'react'
import type { Found } from './find-ways.ts'
import { automaticGroups, MOST_NODES } from './model/automatic-groups.ts'
import { graphOf } from './model/graph.ts'
import { fold, type Group, grouped } from './model/groups.ts'
import { type Filter, nothingFiltered, shownOf } from './model/shown.ts'
import type { ChartData } from './model/types.ts'
import { useArrangement, usePlaces } from './use-arrangement.ts'
import type { Point } from './view/camera.ts'

interface Given {
  readonly data: ChartData
  readonly selection: readonly string[]
  readonly onSelect: (ids: readonly string[]) => void
}

const none: ReadonlySet<string> = new Set()

/** Everything that a chart remembers while it is open: groups, pins, what is switched off, what has the focus. */
export function useChart({ data, selection, onSelect }: Given) {
  const [own, setOwn] = useState<readonly Group[]>([])
  const [opened, setOpened] = useState(none)
  const [filter, setFilter] = useState<Filter>(nothingFiltered)
  const [pins, setPins] = useState(none)
  const [focusId, setFocusId] = useState<string | null>(null)
  const [cameFrom, setCameFrom] = useState<string | null>(null)
  const [found, setFound] = useState<Found | null>(null)
  const [says, setSays] = useState('')

  const automatic = useMemo(() => automaticGroups(data), [data])
  const groups = useMemo(() => [...own, ...automatic.filter(({ id }) => !opened.has(id))], [own, automatic, opened])
  const whole = useMemo(() => graphOf(fold(data, groups)), [data, groups])
  const graph = useMemo(
    () => (filter === nothingFiltered ? whole : graphOf(shownOf(data, groups, filter))),
    [whole, data, groups, filter],
  )
  const arrangement = useArrangement(whole, pins)
  const places = usePlaces(graph, arrangement)
  const chosen = useMemo(() => new Set(selection), [selection])
  const focused = focusId === null ? -1 : (graph.numberOf.get(focusId) ?? -1)
  const chosenNodes = useMemo(() => selection.filter((id) => graph.numberOf.has(id)), [selection, graph])

  const focus = useCallback((id: string | null, from: string | null = null) => {
    setFocusId(id)
    setCameFrom(from)
  }, [])
  const toggle = useCallback(
    (ids: readonly string[]) => {
      const next = new Set(chosen)
      for (const id of ids) if (!next.delete(id)) next.add(id)
      onSelect([...next])
    },
    [chosen, onSelect],
  )
  const add = useCallback((ids: readonly string[]) => onSelect([...new Set([...chosen, ...ids])]), [chosen, onSelect])

  const group = useCallback(() => {
    if (chosenNodes.length < 2) {
      setSays('Select two nodes or more to group them.')
      return
    }
    const id = `own:${chosenNodes[0] ?? ''}`
    const next = grouped(groups, chosenNodes, id)
    const isAutomatic = new Set(automatic.map((each) => each.id))
    const at = middleOf(chosenNodes.flatMap((each) => arrangement.placeOf(each) ?? []))
    arrangement.put([[id, at]])
    setOpened((before) => new Set([...before, ...chosenNodes.filter((each) => isAutomatic.has(each))]))
    setOwn(next.filter((each) => !isAutomatic.has(each.id)))
    setFound(null)
    onSelect([id])
    focus(id)
    setSays(`${chosenNodes.length} nodes are one group now.`)
  }, [chosenNodes, groups, automatic, arrangement, onSelect, focus])

  const openGroups = useCallback(() => {
    const wanted = new Set([...chosenNodes, ...(chosenNodes.length === 0 && focusId !== null ? [focusId] : [])])
    const opening = groups.filter(({ id }) => wanted.has(id))
    const more = opening.reduce((sum, { members }) => sum + members.length - 1, 0)
    if (opening.length === 0) setSays('No group is selected.')
    else if (graph.nodes.length + more > MOST_NODES)
      setSays(`Not opened: the chart would show more than ${MOST_NODES} nodes.`)
    else {
      for (const { id, members } of opening) {
        const at = arrangement.placeOf(id) ?? { x: 0, y: 0 }
        const missing = members.filter((member) => arrangement.placeOf(member) === undefined)
        arrangement.put(missing.map((member, turn) => [member, sunflower(at, turn)] as const))
      }
      setOpened((before) => new Set([...before, ...opening.map(({ id }) => id)]))
      setOwn((before) => before.filter(({ id }) => !wanted.has(id)))
      setFound(null)
      const members = opening.flatMap((each) => each.members)
      onSelect(members)
      focus(members[0] ?? null)
      setSays(`${members.length} nodes stand alone again.`)
    }
  }, [chosenNodes, focusId, groups, graph, arrangement, onSelect, focus])

  const pin = useCallback(
    (ids: readonly string[], how: 'toggle' | 'pin' = 'toggle') => {
      const next = new Set(pins)
      const all = how === 'toggle' && ids.every((id) => next.has(id))
      for (const id of ids)
        if (all) next.delete(id)
        else next.add(id)
      setPins(next)
      if (how === 'toggle') setSays(all ? 'Unpinned.' : 'Pinned: it stays where it is.')
    },
    [pins],
  )

  return {
    data,
    graph,
    places,
    arrangement,
    groups,
    filter,
    setFilter,
    pins,
    pin,
    focusId,
    focused,
    cameFrom,
    focus,
    chosen,
    chosenNodes,
    onSelect,
    toggle,
    add,
    group,
    openGroups,
    found,
    setFound,
    says,
    setSays,
  }
}

export type Chart = ReturnType<typeof useChart>

function middleOf(points: readonly Point[]): Point {
  const share = 1 / Math.max(1, points.length)
  return points.reduce((sum, { x, y }) => ({ x: sum.x + x * share, y: sum.y + y * share }), { x: 0, y: 0 })
}

const sunflower = ({ x, y }: Point, turn: number): Point => ({
  x: x + 34 * Math.sqrt(turn + 0.5) * Math.cos(turn * 2.39996),
  y: y + 34 * Math.sqrt(turn + 0.5) * Math.sin(turn * 2.39996),
})
