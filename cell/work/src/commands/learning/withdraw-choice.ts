import type { withdrawChoice as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'
import { takeChoiceBack } from './choose-first.ts'

/** By whoever chose, alone. */
export const withdrawChoice: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'rank.choose')
    const seen = await tx.one('choice/show', { choice_id: params.id })
    await tx.run('item/lock_all', { referrals: [seen.one_id, seen.other_id] })
    // Read again under the lock: it may have been taken back in between.
    const chosen = await tx.one('choice/show', { choice_id: params.id })
    if (chosen.chosen_by !== tx.standing.person) throw new Refusal('TANDEM-STATE-002', 'only who chose takes it back')
    if (chosen.undoes !== null)
      throw new Refusal('TANDEM-STATE-002', 'that is itself a taking back: choose anew instead')
    if (chosen.undone_by !== null) throw new Refusal('TANDEM-STATE-002', 'it is taken back already')
    await takeChoiceBack(tx, chosen)
    tx.record('rank.unchoose', { choice: params.id, referrals: [chosen.one_id, chosen.other_id] })
    for (const referral of [chosen.one_id, chosen.other_id]) await notify(tx, chosen.operation_id, 'referral', referral)
    return { withdrawn: params.id, says: 'Taken back. Both events stay on record.' }
  })
