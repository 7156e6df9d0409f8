import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Layout, type LayoutInput } from './layout.ts'
import { separate } from './separate.ts'
import { seeded } from './start.ts'
import { Tree } from './tree.ts'

function inputOf(count: number, links: readonly (readonly [number, number])[], seed = 1): LayoutInput {
  return {
    from: Int32Array.from(links, ([a]) => a % count),
    to: Int32Array.from(links, ([, b]) => b % count),
    x: new Float64Array(count).fill(Number.NaN),
    y: new Float64Array(count).fill(Number.NaN),
    held: new Uint8Array(count),
    halfWidth: new Float64Array(count).fill(30),
    above: new Float64Array(count).fill(10),
    below: new Float64Array(count).fill(25),
    seed,
  }
}

function run(input: LayoutInput): Layout {
  const layout = new Layout(input)
  while (layout.step());
  return layout
}

const graphs = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  links: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 60 }),
})

test('the same input gives the same picture, and every place is a number', () => {
  fc.assert(
    fc.property(graphs, fc.nat(100), ({ count, links }, seed) => {
      const [one, again] = [run(inputOf(count, links, seed)), run(inputOf(count, links, seed))]
      assert.deepEqual(one.x, again.x)
      assert.deepEqual(one.y, again.y)
      for (const place of [...one.x, ...one.y]) assert.ok(Number.isFinite(place))
    }),
    { numRuns: 25 },
  )
})

test('what is held does not move, and what is new comes to lie by it', () => {
  const first = run(
    inputOf(
      12,
      Array.from({ length: 11 }, (_, at) => [0, at + 1] as const),
    ),
  )
  const links = Array.from({ length: 14 }, (_, at) => [at < 11 ? 0 : 5, at + 1] as const)
  const input = inputOf(15, links)
  for (let node = 0; node < 12; node++) {
    input.x[node] = first.x[node] ?? 0
    input.y[node] = first.y[node] ?? 0
    input.held[node] = 1
  }
  const second = run(input)
  assert.deepEqual(second.x.slice(0, 12), first.x)
  assert.deepEqual(second.y.slice(0, 12), first.y)
  for (let node = 12; node < 15; node++) {
    const away = Math.hypot((second.x[node] ?? 0) - (second.x[5] ?? 0), (second.y[node] ?? 0) - (second.y[5] ?? 0))
    assert.ok(away < 500, `${away}`)
  }
})

test('two linked crowds come to lie apart: neighbours are nearer than strangers', () => {
  const links: (readonly [number, number])[] = []
  for (const base of [0, 12])
    for (let a = 0; a < 12; a++) for (let b = a + 1; b < 12; b += 2) links.push([base + a, base + b])
  links.push([0, 12])
  const { x, y } = run(inputOf(24, links))
  const mean = (pairs: readonly (readonly [number, number])[]): number =>
    pairs.reduce((sum, [a, b]) => sum + Math.hypot((x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0)), 0) /
    pairs.length
  const within = links.slice(0, -1)
  const across = Array.from({ length: 12 }, (_, a) => [a, 12 + ((a * 5) % 12)] as const)
  assert.ok(mean(within) * 1.5 < mean(across), `${mean(within)} within, ${mean(across)} across`)
})

test('the tree of Barnes and Hut with an angle of nothing pushes as every pair does, and nearly so with its usual one', () => {
  // No two in one place: those count as one, which an exact sum does not know.
  const across = fc.integer({ min: -500, max: 500 })
  const points = fc.uniqueArray(fc.tuple(across, across), {
    minLength: 2,
    maxLength: 60,
    selector: (at) => at.join(' '),
  })
  fc.assert(
    fc.property(points, (all) => {
      const x = Float64Array.from(all, ([each]) => each)
      const y = Float64Array.from(all, ([, each]) => each)
      const mass = Float64Array.from(all, (_, at) => 1 + (at % 5))
      const tree = new Tree()
      tree.build(x, y, mass)
      for (let node = 0; node < x.length; node++) {
        let [fx, fy, size] = [0, 0, 0]
        for (let other = 0; other < x.length; other++) {
          if (other === node) continue
          const [dx, dy] = [(x[node] ?? 0) - (x[other] ?? 0), (y[node] ?? 0) - (y[other] ?? 0)]
          const force = ((mass[node] ?? 0) * (mass[other] ?? 0)) / (dx * dx + dy * dy)
          fx += dx * force
          fy += dy * force
          size += Math.hypot(dx, dy) * force
        }
        tree.push(node, x[node] ?? 0, y[node] ?? 0, mass[node] ?? 0, 0)
        assert.ok(Math.hypot(tree.pushX - fx, tree.pushY - fy) <= 1e-6 * Math.max(1, size))
        tree.push(node, x[node] ?? 0, y[node] ?? 0, mass[node] ?? 0, 0.5)
        assert.ok(Math.hypot(tree.pushX - fx, tree.pushY - fy) <= 0.1 * Math.max(1e-3, size))
      }
    }),
    { numRuns: 60 },
  )
})

test('a thousand nodes in one place do not split for ever', () => {
  const layout = run(inputOf(300, []))
  assert.ok(layout.x.every(Number.isFinite))
  const [x, y] = [new Float64Array(1_000).fill(5), new Float64Array(1_000).fill(5)]
  const tree = new Tree()
  tree.build(x, y, new Float64Array(1_000).fill(1))
  tree.push(0, 5, 5, 1, 1)
  assert.ok(Number.isFinite(tree.pushX))
})

test('boxes are parted until none overlap, and those held stay', () => {
  const chance = seeded(3)
  const count = 60
  const x = Float64Array.from({ length: count }, () => chance() * 700)
  const y = Float64Array.from({ length: count }, () => chance() * 500)
  const held = new Uint8Array(count)
  held[4] = 1
  const [heldX, heldY] = [x[4], y[4]]
  const boxes = {
    halfWidth: new Float64Array(count).fill(30),
    above: new Float64Array(count).fill(10),
    below: new Float64Array(count).fill(24),
  }
  assert.equal(separate(x, y, held, boxes, 300), 0)
  assert.deepEqual([x[4], y[4]], [heldX, heldY])
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const wide = 60 - Math.abs((x[a] ?? 0) - (x[b] ?? 0))
      const tall = 34 - Math.abs((y[a] ?? 0) - (y[b] ?? 0))
      assert.ok(wide <= 1e-6 || tall <= 1e-6, `${a} and ${b}`)
    }
  }
})
