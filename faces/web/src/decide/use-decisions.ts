import type { QueueItem } from '../data/types.ts'
import { type Handlers, useActions } from '../keyboard/perform.ts'
import { begin, undoLast } from './asking.ts'
import type { Desk } from './decide.ts'
import { permissionOf, type Verb, verbs } from './verbs.ts'

/** Gives the decision keys a target: one referral or the selected ones. Without a target the keys do nothing. */
export function useDecisions(
  desk: Desk,
  items: readonly QueueItem[],
  after: (done: readonly QueueItem[], verb: Verb) => void,
): void {
  const handlers: Handlers = { 'decision.undo': undoLast }
  if (items.length > 0) {
    for (const verb of verbs) {
      if (desk.may.has(permissionOf[verb])) handlers[`referral.${verb}`] = () => begin({ verb, items, after }, desk)
    }
  }
  useActions(handlers)
}
