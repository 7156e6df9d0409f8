import type { note as route } from '@tandem/contract'
import { newId } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'
import { notify } from './decide.ts'

export const note: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.note')
    const referral = await tx.one('referral/record', { referral_id: params.id })
    await tx.vault.prepare(referral.operation_id, params.id)
    const id = newId()
    await tx.run('note/insert', {
      operation_id: referral.operation_id,
      note_id: id,
      referral_id: params.id,
      text_sealed: sealText(tx, params.id, 'note', 'text_sealed', id, body.text),
    })
    tx.record('referral.note', { referral: params.id, note: id })
    await notify(tx, referral.operation_id, 'referral', params.id)
    return { note: id }
  })
