import type { safeguard as route } from '@tandem/contract'
import { newId } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'
import { notify } from '../referrals/decide.ts'

/** Hours to first acknowledgement by safeguarding, by priority; the track's own clock, not the referral's. */
const HOURS_TO_ACKNOWLEDGE = { P1: 1, P2: 24, P3: 72 } as const

export const safeguard: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.safeguard')
    const item = await tx.one('queue/one', { referral_id: params.id })
    const referral = await tx.one('referral/record', { referral_id: params.id })
    const hours =
      item.effective_priority === 'P1'
        ? HOURS_TO_ACKNOWLEDGE.P1
        : item.effective_priority === 'P2'
          ? HOURS_TO_ACKNOWLEDGE.P2
          : HOURS_TO_ACKNOWLEDGE.P3
    await tx.vault.prepare(referral.operation_id, params.id)
    const id = newId()
    const track = await tx.one('safeguarding/insert', {
      operation_id: referral.operation_id,
      safeguarding_id: id,
      referral_id: params.id,
      need_sealed: sealText(tx, params.id, 'safeguarding', 'need_sealed', id, body.need),
      due_seconds: hours * 3600,
    })
    tx.record('referral.safeguard', { referral: params.id, safeguarding: id })
    await notify(tx, referral.operation_id, 'referral', params.id)
    return { safeguarding: id, dueAt: track.due_at }
  })
