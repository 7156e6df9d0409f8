import type { pending as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import { presentProposal, recordOf } from '../../presenters/proposal.ts'

export const pending: Handler<typeof route> = (cell, caller) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'queue.read')
    const rows = await tx.run('proposal/pending', { referral_id: null })
    await tx.vault.unlock(rows.map(recordOf))
    const names = await namesOfPeople(tx)
    tx.record('proposal.list', {
      proposals: rows.map((row) => row.proposal_id),
      referrals: rows.map((row) => row.referral_id),
    })
    return {
      proposals: rows.map((row) => ({
        ...presentProposal(tx, row, names),
        referral: row.referral_id,
        number: row.number,
      })),
    }
  })
