import type { hold as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { atRest, decide, lockItem, mustBeIn, mustBeVersion, mustNotBeAnothers } from './decide.ts'

/** Nobody sleeps on a risk to life: a P1 may rest an hour, anything else ninety days. */
const LONGEST_HOLD_HOURS = { P1: 1, P2: 24 * 7, P3: 24 * 90 } as const

export const hold: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.hold')
    const item = await lockItem(tx, params.id)
    mustBeVersion(item, body.version)
    mustBeIn(item, ['open', 'taken', 'held'])
    mustNotBeAnothers(tx, item)
    const hours = (Date.parse(body.until) - Date.parse(tx.standing.now)) / 3_600_000
    const longest =
      item.effective_priority === 'P1' || item.effective_priority === 'P2'
        ? LONGEST_HOLD_HOURS[item.effective_priority]
        : LONGEST_HOLD_HOURS.P3
    if (hours <= 0) throw new Refusal('TANDEM-INPUT-001', 'the hold ends in the past')
    if (hours > longest) {
      throw new Refusal('TANDEM-STATE-002', `a ${item.effective_priority} may be held for ${longest} hours at most`)
    }
    return decide(tx, item, {
      verb: 'hold',
      change: { ...atRest, state: 'held', held_until: body.until },
      reason: body.reason,
    })
  })
