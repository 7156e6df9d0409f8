import type { withdrawEntry as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'
import { mustBeIntakeDesk } from './intake-desk.ts'
import { endEntries } from './load-changes.ts'

/** One entry by hand, on the same way as a publisher's own withdrawal: hits are reached in this transaction. */
export const withdrawEntry: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'list.withdraw')
    const operation = tx.standing.operation
    if (operation === null) throw new Refusal('TANDEM-LAW-001')
    await mustBeIntakeDesk(tx, operation)
    await tx.run('list/lock', { list_id: params.id })
    const versions = await tx.run('list/versions_of', { list_id: params.id })
    const current = versions.find(({ state }) => state === 'current')
    if (current === undefined) throw new Refusal('TANDEM-FIND-001')
    const standing = await tx.run('list/standing_entry', { version_id: current.version_id, entry: body.entry })
    if (standing.length === 0) throw new Refusal('TANDEM-FIND-001')
    const next = await tx.one('list/next_change', { version_id: current.version_id })
    const change = newId()
    const ends = standing.map(({ number }) => ({ number, how: 'withdrawn' as const, reason: body.reason }))
    await endEntries(tx, current.version_id, change, ends)
    await tx.run('list/add_change', {
      change_id: change,
      version_id: current.version_id,
      number: next.number,
      format: null,
      file_sha256: null,
      records: 0,
      accepted: 0,
      remarked: 0,
      set_aside: 0,
      first: next.first,
      added: 0,
      withdrawn: ends.length,
      replaced: 0,
    })
    const hits = await tx.run('list/hits_ended_by', { change_id: change })
    const referrals = new Set(hits.map(({ referral_id }) => referral_id))
    await tx.run('job/insert', { job_id: newId(), kind: 'match change', subject_id: change })
    tx.record('list.withdraw', {
      list: params.id,
      version: current.version_id,
      entries: ends.length,
      referrals: [...referrals],
    })
    await notify(tx, operation, 'list', params.id)
    return {
      list: params.id,
      version: current.version,
      entries: ends.length,
      hits: hits.length,
      referrals: referrals.size,
    }
  })
