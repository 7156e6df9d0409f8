import type { Json } from '@tandem/core'
import type { JsonObject } from '../saved/index.ts'
import { type Plan, plans } from './plan.ts'

export interface SavedSegment {
  readonly plan: Plan
  readonly rows: number
  readonly more: number
}

/** What a saved index says of itself; null when it makes no sense. */
export function readAbout(about: JsonObject): { segments: SavedSegment[]; records: number } | null {
  const { segments, records } = about
  if (!Array.isArray(segments) || !isCount(records)) return null
  const read = segments.map(readSegment)
  const sound = read.filter((segment) => segment !== null)
  return sound.length === read.length ? { segments: sound, records } : null
}

function readSegment(value: Json): SavedSegment | null {
  if (typeof value !== 'object' || value === null || !('plan' in value)) return null
  const { plan, rows, more } = value
  if (!isCount(rows) || !isCount(more) || rows === 0) return null
  const known = Object.values(plans).find(({ name }) => name === plan)
  return known === undefined ? null : { plan: known, rows, more }
}

const isCount = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 2 ** 32
