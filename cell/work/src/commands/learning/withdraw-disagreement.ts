import type { withdrawDisagreement as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { lockItem, notify } from '../referrals/decide.ts'
import { takeBack } from './disagree.ts'

/** What a person said is theirs: nobody else takes it back, no manager either. */
export const withdrawDisagreement: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'rank.disagree')
    const seen = await tx.one('disagreement/show', { disagreement_id: params.id })
    const item = await lockItem(tx, seen.referral_id)
    // Read again under the lock: it may have been taken back in between.
    const said = await tx.one('disagreement/show', { disagreement_id: params.id })
    if (said.said_by !== tx.standing.person) throw new Refusal('TANDEM-STATE-002', 'only who said it takes it back')
    if (said.undoes !== null) throw new Refusal('TANDEM-STATE-002', 'that is itself a taking back: say it anew instead')
    if (said.undone_by !== null) throw new Refusal('TANDEM-STATE-002', 'it is taken back already')
    await takeBack(tx, item, said.score_number, params.id)
    tx.record('rank.withdraw', { referral: said.referral_id, disagreement: params.id, score: said.score_number })
    await notify(tx, said.operation_id, 'referral', said.referral_id)
    return { withdrawn: params.id, referral: said.referral_id, says: 'Taken back. Both events stay on record.' }
  })
