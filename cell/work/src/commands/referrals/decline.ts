import type { decline as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { atRest, decide, lockItem, mustBeIn, mustBeVersion, mustNotBeAnothers, mustNotEndP1Alone } from './decide.ts'

export const decline: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.decline')
    const item = await lockItem(tx, params.id)
    mustBeVersion(item, body.version)
    mustBeIn(item, ['open', 'taken', 'held'])
    mustNotBeAnothers(tx, item)
    mustNotEndP1Alone(item)
    return decide(tx, item, { verb: 'decline', change: { ...atRest, state: 'declined' }, reason: body.reason })
  })
