import type { showAttribution as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentAttributions } from '../../presenters/attribution.ts'
import { namesOfPeople } from '../../presenters/people.ts'

export const showAttribution: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'attribution.read')
    const rows = await tx.run('attribution/all', { referral_id: null, attribution_id: params.id })
    const [shown] = await presentAttributions(tx, cell, rows, await namesOfPeople(tx))
    if (shown === undefined) throw new Refusal('TANDEM-FIND-001')
    tx.record('attribution.read', { referral: shown.referral, attribution: shown.id })
    return shown
  })
