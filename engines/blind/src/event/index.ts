export { askedEvent, type EventGrid, heldEvent, type PlannedEvent } from './event.ts'
export { type Cell, cellOf, cellsWithin, earthMetres, type Grid, metresBetween, type Point } from './grid.ts'
