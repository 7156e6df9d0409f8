import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { UnionFind } from '../graph/union-find.ts'
import { averageLinkage } from './average-linkage.ts'
import { groupsOf as componentGroups, componentsOf, mostInComponent } from './components.ts'
import { clustersAt } from './dendrogram.ts'

/** Weights of all pairs of a few records, of which no two and no two means are alike: there is one right answer. */
const weightsOf = (size: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: size * size * 2 }, (_, index) => 20 * Math.sin(index + 1)),
    { minLength: (size * (size - 1)) / 2, maxLength: (size * (size - 1)) / 2 },
  )

const someWeights = fc.integer({ min: 2, max: 9 }).chain((size) => weightsOf(size).map((list) => ({ size, list })))

function pairWeight(size: number, list: readonly number[]): (one: number, other: number) => number {
  return (one, other) => {
    const [a, b] = [Math.min(one, other), Math.max(one, other)]
    return list[a * size - (a * (a + 1)) / 2 + (b - a - 1)] ?? 0
  }
}

/** By the book: look at every pair of clusters, every time. */
function plainLinkage(size: number, weight: (one: number, other: number) => number, least: number): number[][] {
  let clusters = Array.from({ length: size }, (_, member) => [member])
  for (;;) {
    let best = { weight: Number.NEGATIVE_INFINITY, a: -1, b: -1 }
    clusters.forEach((one, a) => {
      clusters.slice(a + 1).forEach((other, offset) => {
        const sum = one.flatMap((x) => other.map((y) => weight(x, y))).reduce((all, value) => all + value, 0)
        const mean = sum / (one.length * other.length)
        if (mean > best.weight) best = { weight: mean, a, b: a + 1 + offset }
      })
    })
    if (best.a < 0 || best.weight < least) return clusters
    const joined = [...(clusters[best.a] ?? []), ...(clusters[best.b] ?? [])].sort((x, y) => x - y)
    clusters = clusters.filter((_, index) => index !== best.a && index !== best.b).concat([joined])
  }
}

const sorted = (clusters: number[][]): string => JSON.stringify(clusters.map(String).sort())

function groupsOf(clusters: Int32Array): number[][] {
  const groups = new Map<number, number[]>()
  clusters.forEach((cluster, record) => {
    groups.set(cluster, [...(groups.get(cluster) ?? []), record])
  })
  return [...groups.values()]
}

describe('average linkage', () => {
  it('joins what the book joins, at every bar', () => {
    fc.assert(
      fc.property(someWeights, fc.double({ min: -20, max: 20, noNaN: true }), ({ size, list }, bar) => {
        const weight = pairWeight(size, list)
        const merges = averageLinkage(size, weight, bar)
        assert.equal(sorted(groupsOf(clustersAt(size, { merges }, bar))), sorted(plainLinkage(size, weight, bar)))
      }),
    )
  })

  it('a lower bar only adds merges behind', () => {
    fc.assert(
      fc.property(someWeights, ({ size, list }) => {
        const weight = pairWeight(size, list)
        const [few, all] = [averageLinkage(size, weight, 0), averageLinkage(size, weight, -1000)]
        assert.deepEqual(all.slice(0, few.length), few)
        assert.equal(all.length, size - 1)
        for (const [index, merge] of all.entries()) {
          assert.ok(merge.into < merge.from)
          assert.ok(index === 0 || merge.weight <= (all[index - 1]?.weight ?? 0) + 1e-3)
        }
      }),
    )
  })

  it('the order of records changes nothing', () => {
    fc.assert(
      fc.property(someWeights, fc.infiniteStream(fc.nat()), ({ size, list }, dice) => {
        const weight = pairWeight(size, list)
        const order = Array.from({ length: size }, (_, place) => place)
        for (let place = size - 1; place > 0; place--) {
          const other = (dice.next().value ?? 0) % (place + 1)
          const [a, b] = [order[place] ?? 0, order[other] ?? 0]
          order[place] = b
          order[other] = a
        }
        const turned = averageLinkage(size, (one, other) => weight(order[one] ?? 0, order[other] ?? 0), 0)
        const clusters = groupsOf(clustersAt(size, { merges: turned }, 0))
        const back = clusters.map((group) => group.map((place) => order[place] ?? 0).sort((a, b) => a - b))
        assert.equal(sorted(back), sorted(groupsOf(clustersAt(size, { merges: averageLinkage(size, weight, 0) }, 0))))
      }),
    )
  })
})

describe('components', () => {
  const edge = fc.tuple(fc.nat(30), fc.nat(30), fc.integer({ min: -5, max: 20 }))

  it('are those of a search through the graph', () => {
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 40 }), fc.integer({ min: -5, max: 20 }), (list, least) => {
        const edges = {
          ones: Int32Array.from(list, ([one]) => one),
          others: Int32Array.from(list, ([, other]) => other),
          weights: Float32Array.from(list, ([, , weight]) => weight),
        }
        const seen = new Set<number>()
        const reached = Array.from({ length: 31 }, (_, start) => {
          const group: number[] = []
          const open = [start]
          for (let at = open.pop(); at !== undefined; at = open.pop()) {
            if (seen.has(at)) continue
            seen.add(at)
            group.push(at)
            for (const [one, other, weight] of list) {
              if (weight >= least && (one === at || other === at)) open.push(one, other)
            }
          }
          return group.sort((a, b) => a - b)
        }).filter(({ length }) => length > 1)
        assert.equal(sorted(componentGroups(componentsOf(31, edges, least))), sorted(reached))
      }),
    )
  })

  it('one that is too large is taken apart by stronger edges, and nobody is lost', () => {
    const records = 2 * mostInComponent
    const chain = Array.from({ length: records - 1 }, (_, index) => index)
    const edges = {
      ones: Int32Array.from(chain),
      others: Int32Array.from(chain, (index) => index + 1),
      weights: Float32Array.from(chain, (index) => (index === mostInComponent - 1 ? 1 : 9)),
    }
    const parts = componentGroups(componentsOf(records, edges, 0))
    assert.deepEqual(
      parts.map(({ length }) => length),
      [mostInComponent, mostInComponent],
    )
    assert.deepEqual(
      parts.flat(),
      Array.from({ length: records }, (_, record) => record),
    )
  })
})

it('a set is named by its smallest member, whatever the order of joining', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(12), fc.nat(12))), (joins) => {
      const [one, other] = [new UnionFind(13), new UnionFind(13)]
      for (const [a, b] of joins) one.join(a, b)
      for (const [a, b] of [...joins].reverse()) other.join(b, a)
      for (let member = 0; member < 13; member++) {
        assert.equal(one.find(member), other.find(member))
        assert.ok(one.find(member) <= member)
      }
    }),
  )
})
