import type { allDisagreements as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentDisagreement } from '../../presenters/disagreements.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import { parsePriority } from '../referrals/decide.ts'

/** For whoever has to judge a weight set: how often, which way, on which factors, and each one. */
export const allDisagreements: Handler<typeof route> = (cell, caller, { query }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'weights.read')
    const [counts, factors, latest, names] = await Promise.all([
      tx.run('disagreement/counts', {}),
      tx.run('disagreement/factors', {}),
      tx.run('disagreement/latest', { limit: query.limit }),
      namesOfPeople(tx),
    ])
    await tx.vault.unlock([...new Set(latest.map(({ referral_id }) => referral_id))])
    tx.record('rank.disagreements', { disagreements: latest.map(({ disagreement_id }) => disagreement_id) })
    return {
      counts: counts.map(({ weight_set, agency: _, ...row }) => ({ weightSet: weight_set, ...row })),
      factors: factors.map(({ weight_set, ...row }) => ({ weightSet: weight_set, ...row })),
      disagreements: latest.map((row) => ({
        ...presentDisagreement(tx, row.referral_id, row, names),
        referral: row.referral_id,
        number: row.number,
        priority: { effective: parsePriority(row.effective_priority), computed: parsePriority(row.computed_priority) },
      })),
    }
  })
