import { Refusal } from '@tandem/core'

/** A place in a list, as it is given to whoever asks for the next part. */
export const cursorOf = (parts: readonly string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

/** A cursor is only ever our own; anything else is refused before it reaches a query. */
export function parseCursor(text: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string')) return parts
  } catch {
    // falls through to the refusal
  }
  throw new Refusal('TANDEM-INPUT-001', 'the place in the list is not one of ours')
}
