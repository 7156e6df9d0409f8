import type { merge as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { atRest, decide, lockItem, mustBeIn, mustBeVersion, mustNotBeAnothers } from './decide.ts'

export const merge: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.merge')
    if (params.id === body.into) throw new Refusal('TANDEM-INPUT-001', 'a referral cannot be merged into itself')
    // Both rows are locked in one order, so that two officers merging crosswise cannot block each other.
    const [first, second] = [params.id, body.into].sort()
    const locked = new Map([
      [first, await lockItem(tx, first ?? '')],
      [second, await lockItem(tx, second ?? '')],
    ])
    const item = locked.get(params.id)
    const target = locked.get(body.into)
    if (item === undefined || target === undefined) throw new Refusal('TANDEM-FIND-001')
    mustBeVersion(item, body.version)
    mustBeIn(item, ['open', 'taken', 'held'])
    mustBeIn(target, ['open', 'taken', 'held'])
    mustNotBeAnothers(tx, item)
    // The child first: a more urgent report never disappears into a calmer one.
    if (item.effective_priority < target.effective_priority) {
      throw new Refusal('TANDEM-STATE-002', 'the other referral has a lower priority: merge that one into this one')
    }
    const decided = await decide(tx, item, {
      verb: 'merge',
      change: { ...atRest, state: 'merged', merged_into: body.into },
      reason: body.reason,
    })
    await tx.run('item/touch', { referral_id: body.into })
    return decided
  })
