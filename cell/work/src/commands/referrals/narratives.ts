import type { narratives as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { identifiersIn } from '@tandem/formats'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentFound } from '../../presenters/mentions.ts'
import { wordsOf } from '../../presenters/record.ts'
import { openRecord } from '../../sealed-record.ts'

/** Words are exposure: opened place by place, each counted for the person who opens it, and in the ledger. */
export const narratives: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'narrative.open')
    const row = await tx.one('referral/record', { referral_id: params.id })
    await tx.vault.unlock([params.id])
    const all = wordsOf(openRecord(tx, params.id, row.record_sealed))
    const places = [...new Set(body.places)]
    const words = all.filter(({ place }) => places.includes(place))
    if (places.some((place) => !words.some((each) => each.place === place))) throw new Refusal('TANDEM-FIND-001')
    const { openings } = await tx.one('read/expose', { person_id: tx.standing.person, openings: words.length })
    tx.record('narrative.open', { referral: params.id, places })
    const inPlace = words.map((each) => ({
      ...each,
      found: identifiersIn(each.text).map((found) => presentFound(found)),
    }))
    return { words: inPlace, openedToday: openings }
  })
