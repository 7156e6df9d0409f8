import { revealed } from './safe.ts'
import { utc } from './time.ts'
import { spaced } from './words.ts'

type Fields = Readonly<Record<string, unknown>>

const isId = (value: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value)
const isInstant = (value: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)

/** `state open → taken`, `taken by none → Test Officer`: the fields that a decision changed, in words. */
export function changesOf(before: Fields, after: Fields, nameOf: (id: string) => string | undefined): string[] {
  const words = (value: unknown): string => {
    if (value === null || value === undefined) return 'none'
    if (typeof value !== 'string') return JSON.stringify(value)
    if (isId(value)) return nameOf(value) ?? `…${value.slice(-6)}`
    return isInstant(value) ? utc(value) : revealed(value)
  }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null))
    .map((key) => `${spaced(revealed(key))} ${words(before[key])} → ${words(after[key])}`)
}
