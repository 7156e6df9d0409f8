import type { entries as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { leafHash } from '@tandem/core/ledger-entry'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import { openingFits, parseLeaf } from './check.ts'

export const entries: Handler<typeof route> = (cell, caller, { query }) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'ledger.read')
      const before = query.before?.split('_')
      if (before !== undefined && before.length !== 2) throw new Refusal('TANDEM-INPUT-001')
      const rows = await tx.run('ledger/page', {
        before_at: before?.[0] ?? null,
        before_id: before?.[1] ?? null,
        referral: query.referral ?? null,
        limit: query.limit,
      })
      const agencies = new Map((await tx.run('frame/agencies', {})).map((row) => [row.agency_id, row.short_name]))
      const names = await namesOfPeople(tx)
      tx.record('ledger.read', { entries: rows.map((row) => row.entry_id) })
      const last = rows.at(-1)
      return {
        entries: rows.map((row) => ({
          id: row.entry_id,
          agency: agencies.get(row.agency_id) ?? '',
          at: row.at,
          who: names(row.person_id),
          verb: row.verb,
          object: row.object,
          authority: row.authority_id,
          purpose: row.purpose_id,
          leafHash: leafHash(row.leaf).toString('hex'),
          place: row.place,
          fits: openingFits(parseLeaf(row.leaf), row),
        })),
        next: last === undefined || rows.length < query.limit ? null : `${last.at}_${last.entry_id}`,
      }
    },
    { reach: 'frame' },
  )
