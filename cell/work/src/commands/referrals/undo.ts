import type { undo as route } from '@tandem/contract'
import { type Json, Refusal } from '@tandem/core'
import { mayConfirm } from '@tandem/triage'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { decide, lockItem, type Position, parsePriority, parseState } from './decide.ts'

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
    // A score may have risen since: an undo never lowers a P1 by the back door.
    const priority = before.effective_priority
    if (mayConfirm({ from: parsePriority(item.effective_priority), to: priority }) === 'two people') {
      throw new Refusal('TANDEM-STATE-004', 'undoing this would lower a P1: propose the lower priority instead')
    }
    return decide(tx, item, { verb: 'undo', change: before, undoes: decision.decision_id })
  })

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
