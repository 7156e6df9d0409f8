import type { Json } from '@tandem/core'

/** Parsed JSON that nobody has looked at yet: objects with exactly these keys, and nothing else, are let through. */
export type Members = Readonly<Record<string, unknown>>

export function membersOf(value: unknown, keys: readonly string[]): Members | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const members = Object.fromEntries(Object.entries(value))
  const names = Object.keys(members)
  return names.length === keys.length && keys.every((key) => names.includes(key)) ? members : null
}

export const isText = (value: unknown): value is string => typeof value === 'string'
export const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value)
export const areTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText)
export const isHex = (value: unknown, bytes: number): value is string =>
  isText(value) && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value)

/** What JSON.parse gives is JSON. */
export const isJson = (value: unknown): value is Json => value !== undefined
