import type { withdrawList as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'
import { mustBeIntakeDesk } from './intake-desk.ts'

/** Hits refer to their list version, so a withdrawal reaches every hit in this very transaction; ranks follow as jobs. */
export const withdrawList: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'list.withdraw')
    const operation = tx.standing.operation
    if (operation === null) throw new Refusal('TANDEM-LAW-001')
    await mustBeIntakeDesk(tx, operation)
    await tx.run('list/lock', { list_id: params.id })
    const versions = await tx.run('list/withdraw', { list_id: params.id, reason: body.reason })
    if (versions.length === 0) throw new Refusal('TANDEM-FIND-001')
    const hits = await tx.run('list/hits_of', { versions: versions.map(({ version_id }) => version_id) })
    await tx.run('job/insert', { job_id: newId(), kind: 'rank after withdrawal', subject_id: params.id })
    tx.record('list.withdraw', {
      list: params.id,
      versions: versions.length,
      referrals: hits.map(({ referral_id }) => referral_id),
    })
    await notify(tx, operation, 'list', params.id)
    return {
      list: params.id,
      versions: versions.length,
      hits: hits.reduce((sum, row) => sum + row.hits, 0),
      referrals: hits.length,
    }
  })
