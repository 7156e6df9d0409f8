import type { cancelAuthority as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'

export const cancelAuthority: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'authority.cancel')
      const [row] = await tx.run('authority/cancel', { authority_id: params.id, reason: body.reason })
      if (row === undefined) throw new Refusal('TANDEM-STATE-002', 'it is not there or cancelled already')
      tx.record('authority.cancel', { authority: params.id })
      await notify(tx, row.operation_id, 'authority', params.id)
      return { authority: params.id, cancelledAt: row.cancelled_at }
    },
    { reach: 'frame' },
  )
