import type { showDelivery as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentDelivery } from '../../presenters/delivery.ts'

export const showDelivery: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'delivery.read')
    const row = await tx.one('delivery/show', { delivery_id: params.id })
    await tx.vault.unlock([params.id])
    const setAside = await tx.run('delivery/set_aside_of', { delivery_id: params.id })
    const referrals = await tx.run('delivery/referrals_of', { delivery_id: params.id })
    tx.record('delivery.read', { delivery: params.id, referrals: referrals.map((referral) => referral.referral_id) })
    return {
      delivery: presentDelivery(tx, row),
      setAside,
      referrals: referrals.map((referral) => ({ id: referral.referral_id, number: referral.number })),
    }
  })
