/** Checks of what came from outside. A check says whether a value is exactly of a shape; nothing is coerced. */
export type Check<T> = (value: unknown) => value is T

export const text =
  (longest: number, form = /^[^\p{Cc}]+$/u): Check<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length <= longest && value.isWellFormed() && form.test(value)

export const hexText = (bytes: number): Check<string> => text(bytes * 2, new RegExp(`^[0-9a-f]{${bytes * 2}}$`))

export const integer =
  (least: number, most: number): Check<number> =>
  (value): value is number =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most

export const oneOf =
  <const T extends string | number | boolean>(...allowed: readonly T[]): Check<T> =>
  (value): value is T =>
    allowed.some((each) => each === value)

export const listOf =
  <T>(check: Check<T>, least: number, most: number): Check<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(check)

export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value): value is T | null =>
    value === null || check(value)

/** An object with these members and no other. */
export const record =
  <T extends object>(checks: { readonly [K in keyof T]: Check<T[K]> }): Check<T> =>
  (value): value is T => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const given = new Map<string, unknown>(Object.entries(value))
    const wanted = Object.entries<Check<unknown>>(checks)
    return given.size === wanted.length && wanted.every(([key, check]) => given.has(key) && check(given.get(key)))
  }
