import type { acknowledge as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'

export const acknowledge: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'safeguarding.acknowledge')
    const [row] = await tx.run('safeguarding/acknowledge', { safeguarding_id: params.id })
    if (row === undefined) throw new Refusal('TANDEM-STATE-002')
    tx.record('safeguarding.acknowledge', { referral: row.referral_id, safeguarding: params.id })
    await notify(tx, row.operation_id, 'referral', row.referral_id)
    return { acknowledgedAt: row.acknowledged_at }
  })
