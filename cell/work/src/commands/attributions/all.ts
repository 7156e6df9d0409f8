import type { allAttributions as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentAttributions } from '../../presenters/attribution.ts'
import { namesOfPeople } from '../../presenters/people.ts'

export const allAttributions: Handler<typeof route> = (cell, caller, { query }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'attribution.read')
    const [rows, names] = await Promise.all([
      tx.run('attribution/all', { referral_id: query.referral ?? null, attribution_id: null }),
      namesOfPeople(tx),
    ])
    tx.record('attribution.list', {
      ...(query.referral === undefined ? {} : { referral: query.referral }),
      attributions: rows.map((row) => row.attribution_id),
      referrals: [...new Set(rows.map((row) => row.referral_id))],
    })
    return { attributions: await presentAttributions(tx, cell, rows, names) }
  })
