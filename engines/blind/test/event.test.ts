import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { hex } from '../src/bytes.ts'
import type { Entry } from '../src/entries/index.ts'
import {
  askedEvent,
  type EventGrid,
  heldEvent,
  metresBetween,
  type PlannedEvent,
  type Point,
} from '../src/event/index.ts'

const grid: EventGrid = { reachMetres: 500, slotMinutes: 30 }
const minute = 60_000
const noon = Date.UTC(2026, 4, 4, 12)

const entered = (entry: ReturnType<typeof heldEvent>): Entry => {
  assert.ok(entry.ok, JSON.stringify(entry))
  return entry.value
}

const meets = (asked: PlannedEvent, held: PlannedEvent, by = grid): boolean => {
  const inputs = new Set(entered(askedEvent(asked, by, 'a')).inputs.map(hex))
  return entered(heldEvent(held, by, 'h')).inputs.some((input) => inputs.has(hex(input)))
}

/** A point at a distance and bearing: the direct problem on the sphere. */
function away({ latitude, longitude }: Point, metres: number, bearing: number): Point {
  const [lat, lon, d] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180, metres / 6_371_008.8]
  const north = Math.asin(
    Math.max(-1, Math.min(1, Math.sin(lat) * Math.cos(d) + Math.cos(lat) * Math.sin(d) * Math.cos(bearing))),
  )
  const east =
    lon + Math.atan2(Math.sin(bearing) * Math.sin(d) * Math.cos(lat), Math.cos(d) - Math.sin(lat) * Math.sin(north))
  return { latitude: (north * 180) / Math.PI, longitude: (((((east * 180) / Math.PI + 540) % 360) + 360) % 360) - 180 }
}

const latitudes = fc.oneof(
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.constantFrom(-90, -89.9999, -89.99, 0, 51.5, 89.99, 89.9999, 90),
)
const longitudes = fc.oneof(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.constantFrom(-180, -179.9999, 0, 179.9999, 180),
)
const places = fc.record({ latitude: latitudes, longitude: longitudes })
const reaches = fc.constantFrom(100, 500, 5_000, 50_000)

describe('event deconfliction', () => {
  test('never misses what lies within reach and a slot, wherever the borders run', () => {
    fc.assert(
      fc.property(
        places,
        reaches,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: -330, max: 330 }),
        (place, reachMetres, share, bearing, length, shift) => {
          const other = away(place, reachMetres * share, bearing)
          if (metresBetween(place, other) > reachMetres) return
          const asked = { place, from: noon, to: noon + length * minute }
          const held = { place: other, from: noon + shift * minute, to: noon + (shift + 60) * minute }
          const gap = Math.max(held.from - asked.to, asked.from - held.to)
          if (gap >= 30 * minute) return
          const by = { reachMetres, slotMinutes: 30 }
          assert.ok(meets(asked, held, by) && meets(held, asked, by))
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('tells of nothing that is far off in place or time', () => {
    fc.assert(
      fc.property(places, places, reaches, fc.integer({ min: -1000, max: 1000 }), (a, b, reachMetres, shift) => {
        const by = { reachMetres, slotMinutes: 30 }
        const asked = { place: a, from: noon, to: noon + 60 * minute }
        const held = { place: b, from: noon + shift * minute, to: noon + (shift + 60) * minute }
        const gap = Math.max(held.from - asked.to, asked.from - held.to)
        const isNear = meets(asked, held, by)
        // Reach and one cell across: a cell is at most two reaches high and, towards a pole, one band's circle round.
        if (isNear) {
          assert.ok(gap <= 60 * minute)
          if (Math.abs(a.latitude) < 80) assert.ok(metresBetween(a, b) <= 4.5 * reachMetres)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('a near miss across the border of cells is found, from both sides', () => {
    const asked = { place: { latitude: 51.5, longitude: 179.9999 }, from: noon, to: noon + 60 * minute }
    const held = {
      place: { latitude: 51.5001, longitude: -179.9999 },
      from: noon + 75 * minute,
      to: noon + 99 * minute,
    }
    assert.ok(metresBetween(asked.place, held.place) < 30)
    assert.ok(meets(asked, held) && meets(held, asked))
    assert.ok(!meets(asked, { ...held, from: noon + 200 * minute, to: noon + 201 * minute }))
    assert.ok(!meets(asked, { ...held, place: { latitude: 51.6, longitude: 179.9 } }))
  })

  test('asks for few inputs, and refuses what makes no sense', () => {
    const day = { place: { latitude: 51.5, longitude: -0.1 }, from: noon, to: noon + 24 * 60 * minute }
    assert.ok(entered(askedEvent(day, grid, 'a')).inputs.length <= 12 * 50)
    assert.equal(entered(heldEvent(day, grid, 'a')).inputs.length, 48)
    const bad: readonly PlannedEvent[] = [
      { ...day, to: day.from },
      { ...day, to: day.from + 30 * 24 * 60 * minute },
      { ...day, place: { latitude: 91, longitude: 0 } },
      { ...day, place: { latitude: Number.NaN, longitude: 0 } },
      { ...day, from: Number.NaN },
    ]
    for (const event of bad) assert.equal(heldEvent(event, grid, 'a').ok, false)
  })
})
