import type { QueueItem } from '../data/types.ts'
import { type Handlers, useActions } from '../keyboard/perform.ts'
import { announce, begin, undoLast } from './asking.ts'
import type { Desk } from './decide.ts'
import { sayDisagree } from './disagree.ts'
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
  const [only] = items
  if (items.length === 1 && only !== undefined && desk.may.has('rank.disagree')) {
    handlers['rank.higher'] = () => void sayDisagree(only, 'higher').then(announce)
    handlers['rank.lower'] = () => void sayDisagree(only, 'lower').then(announce)
  }
  useActions(handlers)
}
