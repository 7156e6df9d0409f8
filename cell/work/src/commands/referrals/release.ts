import type { release as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { atRest, decide, lockItem, mustBeIn, mustBeVersion, mustNotBeAnothers } from './decide.ts'

/** Also the way back for a referral that a rule folded: a person may always look at it alone. */
export const release: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.release')
    const item = await lockItem(tx, params.id)
    mustBeVersion(item, body.version)
    mustBeIn(item, ['taken', 'held', 'folded'])
    mustNotBeAnothers(tx, item)
    return decide(tx, item, { verb: 'release', change: { ...atRest, state: 'open' } })
  })
