import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { automaticGroups } from './automatic-groups.ts'
import { degreeOf, graphOf, linksOf } from './graph.ts'
import { fold, grouped } from './groups.ts'
import { painted } from './label.ts'
import { commonNeighbours, shortestPath } from './paths.ts'
import { shownOf } from './shown.ts'
import { type ChartData, edgeKinds, nodeKinds } from './types.ts'
import { aroundOf, inDirection } from './walk.ts'

/** Any chart: ids collide, ends are missing, links run in circles and to themselves. */
const charts: fc.Arbitrary<ChartData> = fc
  .record({
    count: fc.integer({ min: 1, max: 24 }),
    links: fc.array(
      fc.record({
        from: fc.nat(26),
        to: fc.nat(26),
        kind: fc.constantFrom(...edgeKinds),
        decided: fc.constantFrom(undefined, undefined, 'must-link' as const, 'cannot-link' as const),
      }),
      { maxLength: 50 },
    ),
  })
  .map(({ count, links }) => ({
    nodes: Array.from({ length: count }, (_, at) => ({
      id: `n${at}`,
      kind: nodeKinds[at % nodeKinds.length] ?? 'subject',
      label: `node ${at}`,
      hidden: at % 3,
    })),
    edges: links.map(({ from, to, kind, decided }, at) => ({
      id: `e${at}`,
      from: `n${from}`,
      to: `n${to}`,
      kind,
      label: `reason ${at % 4}`,
      ...(decided === undefined ? {} : { decided }),
    })),
  }))

test('every entry is drawn or told why not, and every drawn link stands with both its ends', () => {
  fc.assert(
    fc.property(charts, (data) => {
      const graph = graphOf(data)
      assert.equal(
        graph.nodes.length + graph.edges.length + graph.setAside.length,
        data.nodes.length + data.edges.length,
      )
      const ends = graph.nodes.flatMap((_, node) => linksOf(graph, node).map(({ edge }) => edge))
      assert.equal(ends.length, graph.edges.length * 2)
      graph.nodes.forEach((node, number) => {
        const expected = graph.edges.filter(({ from, to }) => from === node.id || to === node.id).length
        assert.equal(degreeOf(graph, number), expected)
      })
    }),
  )
})

/** Rounds of relaxing every link until nothing moves: slow, and nothing like a queue. */
function oracleDistance(data: ChartData, start: string, end: string): number | null {
  const known = new Set(data.nodes.map(({ id }) => id))
  const links = data.edges.filter(
    ({ from, to, decided }) => decided !== 'cannot-link' && from !== to && known.has(from) && known.has(to),
  )
  const distance = new Map([[start, 0]])
  for (let round = 0; round <= data.nodes.length; round++) {
    for (const { from, to } of links) {
      for (const [a, b] of [
        [from, to],
        [to, from],
      ] as const) {
        const reach = distance.get(a)
        if (reach !== undefined && reach + 1 < (distance.get(b) ?? Infinity)) distance.set(b, reach + 1)
      }
    }
  }
  return distance.get(end) ?? null
}

test('the shortest path is as short as the oracle says, is a path, and avoids what a person parted', () => {
  fc.assert(
    fc.property(charts, fc.nat(), fc.nat(), (data, one, other) => {
      const graph = graphOf(data)
      const [start, end] = [one % graph.nodes.length, other % graph.nodes.length]
      const path = shortestPath(graph, start, end)
      assert.equal(path?.edges.length ?? null, oracleDistance(data, `n${start}`, `n${end}`))
      if (path === null) return
      assert.equal(path.nodes[0], start)
      assert.equal(path.nodes.at(-1), end)
      path.edges.forEach((edge, at) => {
        assert.notEqual(graph.edges[edge]?.decided, 'cannot-link')
        const ends = [graph.from[edge], graph.to[edge]].sort()
        assert.deepEqual(ends, [path.nodes[at], path.nodes[at + 1]].sort())
      })
    }),
  )
})

test('common neighbours are those with a link to both', () => {
  fc.assert(
    fc.property(charts, fc.nat(), fc.nat(), (data, one, other) => {
      const graph = graphOf(data)
      const [a, b] = [one % graph.nodes.length, other % graph.nodes.length]
      const linked = (node: number, to: number): boolean =>
        graph.edges.some(
          (edge, at) =>
            edge.decided !== 'cannot-link' &&
            ((graph.from[at] === node && graph.to[at] === to) || (graph.from[at] === to && graph.to[at] === node)),
        )
      const expected = [...graph.nodes.keys()].filter((node) => linked(node, a) && linked(node, b))
      assert.deepEqual(commonNeighbours(graph, a, b).nodes, expected)
    }),
  )
})

test('folding loses no node, and no link but those inside a group; opening gives the data back', () => {
  fc.assert(
    fc.property(charts, fc.array(fc.nat(30), { minLength: 2, maxLength: 8 }), (data, picked) => {
      const ids = [...new Set(picked.map((each) => `n${each % data.nodes.length}`))]
      const groups = grouped([], ids, 'g')
      const shown = fold(data, groups)
      const nodes = shown.nodes.flatMap(({ id, members }) => members ?? [id])
      assert.deepEqual(nodes.sort(), data.nodes.map(({ id }) => id).sort())
      const inside = new Set(groups[0]?.members)
      const outer = data.edges.filter(({ from, to }) => from === to || !(inside.has(from) && inside.has(to)))
      const isLoopInside = ({ from, to }: { from: string; to: string }) => from === to && inside.has(from)
      const kept = shown.edges.flatMap(({ id, members }) => members ?? [id])
      assert.deepEqual(
        kept.sort(),
        outer
          .filter((edge) => !isLoopInside(edge))
          .map(({ id }) => id)
          .sort(),
      )
      assert.equal(
        shown.nodes.reduce((sum, { hidden }) => sum + hidden, 0),
        data.nodes.reduce((sum, { hidden }) => sum + hidden, 0),
      )
      assert.equal(fold(data, []), data)
    }),
  )
})

test('too many nodes fold under the limit, the same each time, each node in at most one group', () => {
  fc.assert(
    fc.property(charts, fc.integer({ min: 2, max: 12 }), fc.boolean(), (made, most, named) => {
      const data = named
        ? { ...made, nodes: made.nodes.map((node, at) => (at % 2 === 0 ? { ...node, group: `team ${at % 3}` } : node)) }
        : made
      const groups = automaticGroups(data, most, most)
      assert.deepEqual(automaticGroups(data, most, most), groups)
      assert.deepEqual(automaticGroups(data, data.nodes.length, 2), [])
      const shown = graphOf(fold(data, groups))
      assert.ok(shown.nodes.length <= Math.max(most, 2), `${shown.nodes.length} of at most ${most}`)
      const members = groups.flatMap((group) => group.members)
      assert.equal(new Set(members).size, members.length)
    }),
  )
})

test('what is switched off is gone with its links, and a group never holds it', () => {
  fc.assert(
    fc.property(charts, (data) => {
      const filter = { nodes: new Set(['phone']), edges: new Set(['contact']) }
      const groups = grouped([], data.nodes.map(({ id }) => id).slice(0, 6), 'g')
      const { nodes, edges } = shownOf(data, groups, filter)
      const phones = new Set(data.nodes.filter(({ kind }) => kind === 'phone').map(({ id }) => id))
      assert.ok(nodes.every(({ id, members = [] }) => !phones.has(id) && members.every((each) => !phones.has(each))))
      assert.ok(edges.every(({ kind, from, to }) => kind !== 'contact' && !phones.has(from) && !phones.has(to)))
    }),
  )
})

test('an arrow goes to the neighbour that lies there, and every neighbour is reached in turn', () => {
  const nodes = ['middle', 'right', 'left', 'far right', 'alone below'].map((label, at) => ({
    id: `n${at}`,
    kind: 'account',
    label,
    hidden: 0,
  }))
  const edges = [1, 2, 3].map((to) => ({ id: `e${to}`, from: 'n0', to: `n${to}`, kind: 'contact' as const, label: '' }))
  const graph = graphOf({ nodes, edges })
  const places = { x: Float64Array.of(0, 50, -50, 300, 5), y: Float64Array.of(0, 0, 0, 2, 80) }
  assert.equal(inDirection(graph, places, 0, { x: 1, y: 0 }), 1)
  assert.equal(inDirection(graph, places, 0, { x: -1, y: 0 }), 2)
  assert.equal(inDirection(graph, places, 0, { x: 0, y: 1 }), 4, 'where no neighbour lies, the nearest node')
  assert.equal(inDirection(graph, places, 0, { x: 0, y: -1 }), -1)
  assert.deepEqual(aroundOf(graph, places, 0), [1, 3, 2])
})

test('a painted label is one short line without a turning character, whatever it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const shown = painted(text)
      assert.doesNotMatch(shown, /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
      const signs = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(shown)]
      assert.ok(signs.length <= 30, shown)
    }),
    { numRuns: 40 },
  )
  assert.equal(painted(`${'a'.repeat(40)}@mail.example`), `${'a'.repeat(20)}…l.example`)
})
