import type { inspectLookups as inspectRoute, allLookups as route } from '@tandem/contract'
import { kindOf } from '../../deconfliction/entries.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { grantStateOf, presentGrant, presentLookup, presentLookupAudit } from '../../presenters/lookups.ts'
import { namesOfPeople } from '../../presenters/people.ts'

export const allLookups: Handler<typeof route> = (cell, caller) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.read')
    const runs = cell.deconfliction
    const grants = await tx.run('lookup/grants', { limit: 100 })
    const lookups = await tx.run('lookup/recent', { limit: 100 })
    const audits = await tx.run('lookup/audits', {})
    await tx.vault.unlock([...grants, ...lookups].map((row) => row.grant_id))
    const names = await namesOfPeople(tx)
    tx.record('deconfliction.lookups', {
      grants: grants.map((row) => row.grant_id),
      lookups: lookups.map((row) => row.lookup_id),
    })
    return {
      peers: runs.peers.peersOf(tx.standing.agency).map(({ name, label }) => ({ name, label })),
      grants: grants.map((row) => presentGrant(tx, runs, row, names)),
      lookups: lookups.map((row) => presentLookup(tx, runs, row, names)),
      audits: audits.map(presentLookupAudit),
    }
  })

export const inspectLookups: Handler<typeof inspectRoute> = (cell, caller) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'deconfliction.inspect')
      const [rows, audits, agencies, operations] = await Promise.all([
        tx.run('lookup/inspect', { limit: 500 }),
        tx.run('lookup/audits', {}),
        tx.run('frame/agencies', {}),
        tx.run('frame/operations', {}),
      ])
      tx.record('deconfliction.inspectLookups', { grants: rows.map((row) => row.grant_id) })
      return {
        grants: rows.map((row) => ({
          id: row.grant_id,
          agency: agencies.find((each) => each.agency_id === row.agency_id)?.short_name ?? 'an agency',
          operation: operations.find((each) => each.operation_id === row.operation_id)?.name ?? 'an operation',
          side: row.side === 'asker' ? ('asker' as const) : ('holder' as const),
          peer: row.peer,
          state: grantStateOf(row.state),
          kinds: row.kinds.map(kindOf),
          lookups: row.lookups,
          size: row.size,
          publicKey: row.public_key?.toString('hex') ?? null,
          answered: row.spent,
          asked: row.all_asked,
          held: row.held,
          unanswered: row.unanswered,
          notInRecord: row.not_in_record,
          at: row.made_at,
          expiresAt: row.expires_at,
        })),
        audits: audits.map(presentLookupAudit),
      }
    },
    { reach: 'frame' },
  )
