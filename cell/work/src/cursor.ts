import { Refusal } from '@tandem/core'

/** A place in a list, as it is given to whoever asks for the next part. */
export const cursorOf = (parts: readonly string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

/** A cursor is only ever our own, of this list; anything else is refused before it reaches a query. */
export function parseCursor(text: string, shapes: readonly RegExp[]): string[] {
  const parts = partsOf(text)
  if (parts.length === shapes.length && parts.every((part, at) => shapes[at]?.test(part) === true)) return parts
  throw new Refusal('TANDEM-INPUT-001', 'the place in the list is not one of this list')
}

function partsOf(text: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : []
  } catch {
    return []
  }
}
