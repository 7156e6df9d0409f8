import { createHash } from 'node:crypto'
import type { correctAttribution as route } from '@tandem/contract'
import { newId } from '@tandem/store'
import type { ErrorTold } from '../../attribution/sealed.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'
import { notify } from '../referrals/decide.ts'

/** One person suffices: to say that something is wrong must never wait. Nothing is deleted; further errors may follow. */
export const correctAttribution: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'attribution.correct')
    const row = await tx.one('attribution/lock', { attribution_id: params.id })
    const { what, cause, impact, told, grading } = body
    const words: ErrorTold = { what, cause, impact, told }
    const error = newId()
    await tx.vault.prepare(row.operation_id, row.referral_id)
    const sealed = sealText(tx, row.referral_id, 'attribution_error', 'error_sealed', error, JSON.stringify(words))
    await tx.run('attribution/add_error', {
      operation_id: row.operation_id,
      error_id: error,
      attribution_id: row.attribution_id,
      grading,
      error_sealed: sealed,
    })
    tx.record('attribution.correct', {
      referral: row.referral_id,
      attribution: row.attribution_id,
      error,
      grading,
      state: row.state,
      wordsSha256: createHash('sha256').update(sealed).digest('hex'),
    })
    await notify(tx, row.operation_id, 'referral', row.referral_id)
    return {
      error,
      says: 'The error record is open. From now on the attribution is shown as in error wherever it is shown.',
    }
  })
