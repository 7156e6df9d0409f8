import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { degreesOf, type Graph, graphOf } from './csr.ts'
import { leiden } from './leiden.ts'
import { modularity } from './modularity.ts'
import { nearNodes } from './page-rank.ts'

type Edge = readonly [one: number, other: number, weight: number]
const nodes = 9
const someEdges = fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 1, max: 4 })), {
  maxLength: 25,
})
const graphFrom = (edges: readonly Edge[], count = nodes): Graph =>
  graphOf(
    count,
    edges.map(([one]) => one),
    edges.map(([, other]) => other),
    edges.map(([, , weight]) => weight),
  )

describe('a graph in rows', () => {
  it('has every edge at both of its ends, in order', () => {
    fc.assert(
      fc.property(someEdges, (edges) => {
        const { starts, neighbours, weights } = graphFrom(edges)
        for (let node = 0; node < nodes; node++) {
          const row = [...neighbours.subarray(starts[node], starts[node + 1])].map((to, at) => [
            to,
            weights[(starts[node] ?? 0) + at],
          ])
          const plain = edges.flatMap(([one, other, weight]) =>
            one === node ? [[other, weight]] : other === node ? [[one, weight]] : [],
          )
          assert.deepEqual(
            row.map(([to]) => to),
            plain.map(([to = 0]) => to).sort((a, b) => a - b),
          )
          assert.deepEqual(row.map(String).sort(), plain.map(String).sort())
        }
      }),
    )
  })
})

describe('who is near', () => {
  it('is what walking everywhere again and again says, within the error', () => {
    fc.assert(
      fc.property(someEdges, fc.nat(nodes - 1), (edges, start) => {
        const graph = graphFrom(edges)
        const degrees = degreesOf(graph)
        let walk = Float64Array.from({ length: nodes }, (_, node) => (node === start ? 1 : 0))
        const near = new Float64Array(nodes)
        for (let step = 0; step < 200; step++) {
          const next = new Float64Array(nodes)
          walk.forEach((amount, node) => {
            const degree = degrees[node] ?? 0
            near[node] = (near[node] ?? 0) + (degree === 0 ? amount : 0.15 * amount)
            for (const [one, other, weight] of edges) {
              const add = (to: number): void => {
                next[to] = (next[to] ?? 0) + (0.85 * amount * weight) / degree
              }
              if (one === node) add(other)
              if (other === node) add(one)
            }
          })
          walk = next
        }
        const found = new Map(nearNodes(graph, start, { error: 1e-7 }).map(({ node, score }) => [node, score]))
        near.forEach((score, node) => {
          const low = score - (found.get(node) ?? 0)
          assert.ok(low > -1e-9 && low <= 1e-7 * Math.max(1, degrees[node] ?? 0) * nodes, `${node}: ${low}`)
        })
      }),
    )
  })
})

describe('communities', () => {
  it('hang together, are the same again, and no single move of a node betters them', () => {
    fc.assert(
      fc.property(someEdges, fc.integer({ min: 1, max: 9 }), (edges, seed) => {
        const graph = graphFrom(edges)
        const { of, count } = leiden(graph, { seed, passes: 50 })
        assert.deepEqual(leiden(graph, { seed, passes: 50 }).of, of)
        const found = modularity(graph, of)
        for (let node = 0; node < nodes; node++) {
          for (let to = 0; to <= Math.min(count, nodes - 1); to++) {
            const moved = of.slice()
            moved[node] = to
            assert.ok(modularity(graph, moved) <= found + 1e-9)
          }
        }
        for (let community = 0; community < count; community++) {
          const members = [...of.keys()].filter((node) => of[node] === community)
          const reached = new Set(members.slice(0, 1))
          for (const node of reached)
            for (const [one, other] of edges) {
              if (one === node && of[other] === community) reached.add(other)
              if (other === node && of[one] === community) reached.add(one)
            }
          assert.equal(reached.size, members.length)
        }
      }),
    )
  })

  it('come close to the best of all partitions of a small graph', () => {
    const small = fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.constant(1)), { minLength: 4, maxLength: 14 })
    let [short, runs] = [0, 0]
    fc.assert(
      fc.property(small, (edges) => {
        const graph = graphFrom(edges, 7)
        let best = Number.NEGATIVE_INFINITY
        const partition = new Int32Array(7)
        const walk = (node: number, used: number): void => {
          if (node === 7) best = Math.max(best, modularity(graph, partition))
          else
            for (let community = 0; community <= used; community++) {
              partition[node] = community
              walk(node + 1, Math.max(used, community + 1))
            }
        }
        walk(0, 0)
        runs++
        short += best - modularity(graph, leiden(graph).of)
        assert.ok(modularity(graph, leiden(graph).of) <= best + 1e-9)
      }),
      { numRuns: 60 },
    )
    assert.ok(short / runs < 0.01, `on average ${short / runs} below the best`)
  })

  it('find planted groups, whatever the seed', () => {
    const edges: Edge[] = []
    for (let one = 0; one < 60; one++)
      for (let other = one + 1; other < 60; other++)
        if (one % 6 === other % 6 || (one * 31 + other * 17) % 41 === 0) edges.push([one, other, 1])
    for (let seed = 1; seed < 10; seed++) {
      const { of, count } = leiden(graphFrom(edges, 60), { seed })
      assert.equal(count, 6)
      for (let node = 0; node < 60; node++) assert.equal(of[node], of[node % 6])
    }
  })
})
