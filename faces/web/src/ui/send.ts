import type { KeyboardEvent } from 'react'

/** Sends the form from inside its text, where Enter makes a new line. */
export const SEND = 'Control+Enter'

export function sendByKey(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !event.ctrlKey) return
  event.preventDefault()
  event.currentTarget.requestSubmit()
}
