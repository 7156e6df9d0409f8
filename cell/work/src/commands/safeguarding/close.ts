import type { closeTrack as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'
import { notify } from '../referrals/decide.ts'

export const closeTrack: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'safeguarding.close')
    const track = await tx.one('safeguarding/record_of', { safeguarding_id: params.id })
    await tx.vault.prepare(track.operation_id, track.referral_id)
    const [row] = await tx.run('safeguarding/close', {
      safeguarding_id: params.id,
      outcome_sealed: sealText(tx, track.referral_id, 'safeguarding', 'outcome_sealed', params.id, body.outcome),
    })
    if (row === undefined) throw new Refusal('TANDEM-STATE-002')
    tx.record('safeguarding.close', { referral: row.referral_id, safeguarding: params.id })
    await notify(tx, row.operation_id, 'referral', row.referral_id)
    return { closedAt: row.closed_at }
  })
