import type { giveLane as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'

export const giveLane: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'authority.create')
      const lane = (await tx.run('frame/lanes', {})).find((row) => row.lane_id === params.id)
      if (lane === undefined) throw new Refusal('TANDEM-FIND-001')
      const { waiting } = await tx.one('authority/give_lane', { lane: params.id, authority: body.authority })
      if (waiting === null) throw new Refusal('TANDEM-LAW-001', 'it must be in force and cover the lane’s operation')
      tx.record('lane.authority', { lane: params.id, authority: body.authority, waiting })
      await notify(tx, lane.operation_id, 'authority', body.authority)
      return { lane: params.id, waiting }
    },
    { reach: 'frame' },
  )
