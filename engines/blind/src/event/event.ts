import { err, ok, type Result } from '@tandem/core'
import { type Entry, type EntryRefusal, inputOf } from '../entries/entry.ts'
import { type Cell, cellOf, cellsWithin, type Point } from './grid.ts'

/** An operation at a place and for a while: a surveillance, an arrest, a meeting of an undercover officer. */
export interface PlannedEvent {
  readonly place: Point
  /** Milliseconds since 1970, from included, to excluded. */
  readonly from: number
  readonly to: number
}

/** Both sides use the same: it stands in the signed request. */
export interface EventGrid {
  readonly reachMetres: number
  readonly slotMinutes: number
}

/** A longer watch would need more inputs than a question should have: cut it into days. */
const mostSlots = 128

/** What the holder of an event enters: the cell of its place, for each slot of its time. */
export function heldEvent(event: PlannedEvent, grid: EventGrid, reference: string): Result<Entry, EntryRefusal> {
  return entryOf(event, grid, reference, [cellOf(grid, event.place)], 0)
}

/**
 * What the asker enters: every cell within reach of its place, for each slot of its time and one slot before and after.
 * So two events meet when they are within reach of each other and less than one slot apart, across every border.
 */
export function askedEvent(event: PlannedEvent, grid: EventGrid, reference: string): Result<Entry, EntryRefusal> {
  return entryOf(event, grid, reference, cellsWithin(grid, event.place), 1)
}

function entryOf(
  { place, from, to }: PlannedEvent,
  grid: EventGrid,
  reference: string,
  cells: readonly Cell[],
  around: number,
): Result<Entry, EntryRefusal> {
  const { latitude, longitude } = place
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
    return refused('event-place', 'latitude beyond 90 or longitude beyond 180 degrees')
  }
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from < to)) {
    return refused('event-time', 'the end must come after the beginning')
  }
  const slot = grid.slotMinutes * 60_000
  const first = Math.floor(from / slot) - around
  const last = Math.floor((to - 1) / slot) + around
  if (last - first >= mostSlots + 2 * around) {
    return refused('event-too-long', `longer than ${mostSlots} slots of time: enter it in parts`)
  }
  const inputs = cells.flatMap(({ band, column }) =>
    Array.from({ length: last - first + 1 }, (_, at) =>
      inputOf('event', `v1|${grid.reachMetres}|${grid.slotMinutes}|${band}|${column}|${first + at}`),
    ),
  )
  return ok({ reference, kind: 'event', inputs })
}

const refused = (code: string, says: string): Result<never, EntryRefusal> => err({ code, says })
