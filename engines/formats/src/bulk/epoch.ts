import { readTimeClaim, type TimeClaim } from '@tandem/core'

/** Seconds since 1970, which are UTC by definition where a format says so; `0` and nothing are no time. */
export function epochTime(original: string | null): TimeClaim | null {
  if (original === null || !/^\d{1,11}(?:\.\d{1,9})?$/.test(original) || Number(original) === 0) return null
  return { ...readTimeClaim(new Date(Number(original) * 1000).toISOString()), original }
}
