import type { undo as route } from '@tandem/contract'
import { isHigher, type Json, Refusal } from '@tandem/core'
import type { Transaction } from '@tandem/store'
import { mayConfirm } from '@tandem/triage'
import type { Handler } from '../../handler.ts'
import { effectiveWith } from '../../pipeline/rank.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { decide, type Item, lockItem, mustBeIn, type Position, parsePriority, parseState } from './decide.ts'

/** Undo is a new decision that restores the position before; only the last standing decision can be undone. */
export const undo: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'decision.undo')
    const seen = await tx.one('decision/show', { decision_id: params.id })
    const item = await lockItem(tx, seen.referral_id)
    // Read again under the lock: a colleague may have undone it in between.
    const decision = await tx.one('decision/show', { decision_id: params.id })
    if (decision.undone_by !== null) throw new Refusal('TANDEM-STATE-002', 'it is undone already')
    if (decision.undoes !== null) throw new Refusal('TANDEM-STATE-002', 'an undo is not undone: decide again instead')
    if (decision.decided_by !== tx.standing.person && tx.standing.role !== 'duty manager') {
      throw new Refusal('TANDEM-STATE-002', 'only who decided, or a duty manager, may undo it')
    }
    const later = await tx.one('decision/later', { decision_id: params.id })
    if (later.standing > 0) throw new Refusal('TANDEM-STATE-002', 'a later decision stands on it: undo that one first')
    const before = parsePosition(decision.before)
    const change =
      decision.verb === 'prioritise' ? await priorityBefore(tx, item, before) : await positionBefore(tx, item, before)
    return decide(tx, item, { verb: 'undo', change, undoes: decision.decision_id })
  })

/** The priority as it was, raised by what has come since: an undo never lowers a P1 by the back door. */
async function priorityBefore(tx: Transaction, item: Item, before: Position): Promise<Partial<Position>> {
  const { confirmed_priority, confirmed_score } = before
  const restored = { referral_id: item.referral_id, confirmed_priority, confirmed_score }
  const effective_priority = await effectiveWith(tx, restored, before.effective_priority)
  if (mayConfirm({ from: parsePriority(item.effective_priority), to: effective_priority }) === 'two people') {
    throw new Refusal('TANDEM-STATE-004', 'undoing this would lower a P1: propose the lower priority instead')
  }
  return { confirmed_priority, confirmed_score, effective_priority }
}

/** Where it stood before; its priority stays as it is now. Nothing goes back behind a referral whose work has ended. */
async function positionBefore(tx: Transaction, item: Item, before: Position): Promise<Partial<Position>> {
  const { state, taken_by, held_until, merged_into } = before
  if (merged_into !== null) mustBeIn(await lockItem(tx, merged_into), ['open', 'taken', 'held'])
  // A hold that was set at a lower risk does not come back.
  if (state === 'held' && isHigher(parsePriority(item.effective_priority), before.effective_priority)) {
    return { state: 'open', taken_by, held_until: null, merged_into }
  }
  return { state, taken_by, held_until, merged_into }
}

function parsePosition(json: Json): Position {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new TypeError('a position is an object')
  const fields = new Map(Object.entries(json))
  const text = (field: string): string | null => {
    const value = fields.get(field)
    return typeof value === 'string' ? value : null
  }
  const confirmed = text('confirmed_priority')
  const score = fields.get('confirmed_score')
  return {
    state: parseState(text('state') ?? ''),
    taken_by: text('taken_by'),
    held_until: text('held_until'),
    merged_into: text('merged_into'),
    confirmed_priority: confirmed === null ? null : parsePriority(confirmed),
    confirmed_score: typeof score === 'number' ? score : null,
    effective_priority: parsePriority(text('effective_priority') ?? ''),
  }
}
