import type { narratives as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { openRecord } from '../../sealed-record.ts'

/** Words are exposure: one place at a time, counted for the person who opens it, and in the ledger. */
export const narratives: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'narrative.open')
    const row = await tx.one('referral/record', { referral_id: params.id })
    const found = openRecord(tx, params.id, row.record_sealed).narratives.find(({ place }) => place === body.place)
    if (found === undefined) throw new Refusal('TANDEM-FIND-001')
    const { openings } = await tx.one('read/expose', { person_id: tx.standing.person })
    tx.record('narrative.open', { referral: params.id, place: body.place })
    return { place: found.place, about: found.about, text: found.text, openedToday: openings }
  })
