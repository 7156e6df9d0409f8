import type { close as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { atRest, decide, lockItem, mustBeIn, mustBeVersion, mustNotBeAnothers, mustNotEndP1Alone } from './decide.ts'

export const close: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.close')
    const item = await lockItem(tx, params.id)
    mustBeVersion(item, body.version)
    mustBeIn(item, ['open', 'taken', 'held'])
    mustNotBeAnothers(tx, item)
    if (body.outcome === 'no further action' || body.outcome === 'not an offence') mustNotEndP1Alone(item)
    return decide(tx, item, {
      verb: 'close',
      change: { ...atRest, state: 'closed' },
      reason: `${body.outcome}: ${body.reason}`,
      outcome: body.outcome,
    })
  })
