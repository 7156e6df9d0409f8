import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { edgeKinds } from '../model/types.ts'
import { fitted, panned, toChart, toScreen, zoomed } from './camera.ts'
import { distanceToLine, isInLoop, PointGrid } from './pick.ts'
import { lines, type Shape, shapeNames, shapes } from './shapes.ts'

const place = fc.record({ x: fc.integer({ min: -400, max: 400 }), y: fc.integer({ min: -400, max: 400 }) })

test('picking by cells finds what looking at every node finds', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 80 }), place, fc.integer({ min: 1, max: 120 }), (points, at, most) => {
      const grid = new PointGrid(
        Float64Array.from(points, ({ x }) => x),
        Float64Array.from(points, ({ y }) => y),
      )
      const reach = (point: number): number => 1 + ((point * 37) % most)
      let [expected, best] = [-1, Infinity]
      points.forEach(({ x, y }, point) => {
        const distance = Math.hypot(x - at.x, y - at.y)
        if (distance <= reach(point) && distance < best) [expected, best] = [point, distance]
      })
      assert.equal(grid.nearest(at, reach, most), expected)
      const inside = points.flatMap(({ x, y }, point) =>
        x >= at.x - most && x <= at.x + most && y >= at.y - most && y <= at.y + most ? [point] : [],
      )
      assert.deepEqual(grid.inside(at.x - most, at.y - most, at.x + most, at.y + most), inside)
    }),
    { numRuns: 500 },
  )
})

test('what lies on a line is at no distance from it; beside its end counts the end', () => {
  assert.equal(distanceToLine({ x: 5, y: 0 }, 0, 0, 10, 0), 0)
  assert.equal(distanceToLine({ x: 5, y: 3 }, 0, 0, 10, 0), 3)
  assert.equal(distanceToLine({ x: 14, y: 3 }, 0, 0, 10, 0), 5)
  assert.equal(distanceToLine({ x: 3, y: 4 }, 0, 0, 0, 0), 5)
})

test('a loop holds what lies inside it, whichever way it was drawn', () => {
  const loop = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 100 },
    { x: 50, y: 40 },
    { x: 0, y: 100 },
  ]
  for (const way of [loop, loop.toReversed()]) {
    assert.ok(isInLoop({ x: 20, y: 20 }, way))
    assert.ok(!isInLoop({ x: 50, y: 80 }, way), 'the notch is outside')
    assert.ok(!isInLoop({ x: 150, y: 20 }, way))
  }
})

test('zooming keeps the place under the pointer, and pixels and places agree', () => {
  const size = { width: 800, height: 600 }
  fc.assert(
    fc.property(place, place, fc.double({ min: 0.2, max: 5, noNaN: true }), (centre, at, factor) => {
      const camera = { ...centre, scale: 0.7 }
      const under = toChart(camera, size, at)
      const back = toScreen(zoomed(camera, size, factor, at), size, under)
      assert.ok(Math.hypot(back.x - at.x, back.y - at.y) < 1e-6)
      const moved = toScreen(panned(camera, 30, -20), size, under)
      assert.ok(Math.hypot(moved.x - at.x - 30, moved.y - at.y + 20) < 1e-6)
    }),
  )
})

test('the whole chart is in sight when it is fitted', () => {
  const size = { width: 900, height: 500 }
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), (points) => {
      const camera = fitted(
        Float64Array.from(points, ({ x }) => x),
        Float64Array.from(points, ({ y }) => y),
        size,
      )
      for (const point of points) {
        const { x, y } = toScreen(camera, size, point)
        assert.ok(x >= 0 && x <= size.width && y >= 0 && y <= size.height)
      }
    }),
  )
})

const css = readFileSync(new URL('../../styles/tokens.css', import.meta.url), 'utf8')
const [dark = '', ...light] = css.split(/:root(?::not\(\[data-theme="dark"\]\)|\[data-theme="light"\])/)

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number =>
    [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0)
  const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x)
  return ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05)
}

test('every colour of the chart stands out from its ground in every theme (WCAG 1.4.11)', () => {
  const names = [...shapeNames.map((name) => shapes[name].colour), ...edgeKinds.map((kind) => lines[kind].colour)]
  for (const theme of [dark, ...light]) {
    const read = (name: string): string => theme.match(new RegExp(`--${name}: (#[0-9a-f]{6});`))?.[1] ?? ''
    for (const name of names) {
      const found = contrast(read(`chart-${name}`), read('surface'))
      assert.ok(found >= 3, `${name}: ${found} on ${read('surface')}`)
    }
  }
  assert.equal(light.length, 2)
})

test('no two kinds share their shape, nor two kinds of link their stroke: colour is never needed alone', () => {
  const drawn = shapeNames.map((name) => {
    const shape: Shape = shapes[name]
    return JSON.stringify([shape.corners, shape.ring === true])
  })
  assert.equal(new Set(drawn).size, drawn.length)
  const strokes = edgeKinds.map((kind) => JSON.stringify([lines[kind].dashes, lines[kind].width]))
  assert.equal(new Set(strokes).size, strokes.length)
})
