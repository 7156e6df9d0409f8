import type { LayoutInput } from './layout.ts'

/** What the worker says while it works and when it has finished. */
export interface Placed {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly share: number
  readonly finished: boolean
}

const floats = (value: unknown): value is Float64Array => value instanceof Float64Array
const whole = (value: unknown): value is Int32Array => value instanceof Int32Array

export function isLayoutInput(value: unknown): value is LayoutInput {
  if (typeof value !== 'object' || value === null) return false
  const has = <Name extends string>(name: Name, fits: (of: unknown) => boolean): boolean =>
    fits(Object.entries(value).find(([key]) => key === name)?.[1])
  return (
    ['x', 'y', 'halfWidth', 'above', 'below'].every((name) => has(name, floats)) &&
    ['from', 'to'].every((name) => has(name, whole)) &&
    has('held', (held) => held instanceof Uint8Array) &&
    has('seed', Number.isSafeInteger)
  )
}

export const isPlaced = (value: unknown): value is Placed =>
  typeof value === 'object' &&
  value !== null &&
  'x' in value &&
  floats(value.x) &&
  'y' in value &&
  floats(value.y) &&
  'share' in value &&
  typeof value.share === 'number' &&
  'finished' in value &&
  typeof value.finished === 'boolean'
