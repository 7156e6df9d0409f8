import { isSignedOut, needsPasskey } from './problem.ts'
import { smallStore } from './small-store.ts'

/** Whether the cell still knows this desk. Any refusal may change it. */
export type SessionState = 'open' | 'ended' | 'passkey asked'

export const session = smallStore<SessionState>('open')

export function watchSession(error: unknown): void {
  if (isSignedOut(error)) session.set('ended')
  else if (needsPasskey(error)) session.set('passkey asked')
}
