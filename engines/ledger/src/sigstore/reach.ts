import { readBase64 } from '../note/base64.ts'

/** Reaches into parsed JSON of unknown shape: undefined where there is nothing. */
export function reach(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = Object.entries(current).find(([key]) => key === String(step))?.[1]
  }
  return current
}

export const textAt = (value: unknown, ...path: readonly (string | number)[]): string => {
  const found = reach(value, ...path)
  return typeof found === 'string' ? found : ''
}

export const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = reach(value, ...path)
  return Array.isArray(found) ? found : []
}

/** No bytes where there is no base64. */
export const bytesAt = (value: unknown, ...path: readonly (string | number)[]): Buffer =>
  readBase64(textAt(value, ...path)) ?? Buffer.alloc(0)
