import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { onCycleWith } from '../graph/cycles.ts'
import { constrainedLinkage } from './constrained.ts'

it('joins what the book joins, with many ties, groups of any size and pairs that stay apart', () => {
  const problem = fc.integer({ min: 2, max: 8 }).chain((count) =>
    fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: count, maxLength: count }),
      weights: fc.array(fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -2, max: 3 }) }, fc.constant(-Infinity)), {
        minLength: count * count,
        maxLength: count * count,
      }),
      bar: fc.integer({ min: -2, max: 2 }),
    }),
  )
  fc.assert(
    fc.property(problem, ({ sizes, weights, bar }) => {
      const count = sizes.length
      const sums = Float64Array.from({ length: count * count }, (_, at) => {
        const [one, other] = [Math.floor(at / count), at % count].sort((a, b) => a - b)
        return (weights[(one ?? 0) * count + (other ?? 0)] ?? 0) * 1000
      })
      assert.deepEqual(constrainedLinkage(Float64Array.from(sizes), sums.slice(), bar), plain(sizes, sums, bar))
    }),
    { numRuns: 2000 },
  )
})

function plain(sizes: readonly number[], sums: Float64Array, bar: number): ReturnType<typeof constrainedLinkage> {
  const groups = new Map(sizes.map((_, place) => [place, [place]]))
  const merges: ReturnType<typeof constrainedLinkage> = []
  for (;;) {
    let best: { readonly into: number; readonly from: number; readonly mean: number } | null = null
    for (const [into, a] of groups) {
      for (const [from, b] of groups) {
        if (from <= into) continue
        const total = a
          .flatMap((x) => b.map((y) => sums[x * sizes.length + y] ?? 0))
          .reduce((sum, each) => sum + each, 0)
        const size = (group: readonly number[]): number => group.reduce((sum, each) => sum + (sizes[each] ?? 0), 0)
        const mean = total / (size(a) * size(b))
        if (mean > Number.NEGATIVE_INFINITY && mean >= bar && (best === null || mean > best.mean))
          best = { into, from, mean }
      }
    }
    if (best === null) return merges
    merges.push(best)
    groups.set(best.into, [...(groups.get(best.into) ?? []), ...(groups.get(best.from) ?? [])])
    groups.delete(best.from)
  }
}

it('edges on a way are those of all ways that visit no place twice', () => {
  const graph = fc
    .array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 12 })
    .map((edges) => edges.filter(([a, b]) => a !== b))
  fc.assert(
    fc.property(graph, fc.uniqueArray(fc.nat(6), { minLength: 2, maxLength: 2 }), (edges, [from = 0, to = 1]) => {
      const found = new Set<number>()
      const walk = (at: number, visited: readonly number[], path: readonly number[]): void => {
        if (at === to) for (const edge of path) found.add(edge)
        else
          edges.forEach(([a, b], edge) => {
            const next = a === at ? b : b === at ? a : -1
            if (next >= 0 && !visited.includes(next)) walk(next, [...visited, next], [...path, edge])
          })
      }
      walk(from, [from], [])
      assert.deepEqual(
        onCycleWith(7, edges, [from, to]),
        [...found].sort((a, b) => a - b),
      )
    }),
    { numRuns: 1000 },
  )
})
