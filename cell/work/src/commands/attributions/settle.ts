import { createHash } from 'node:crypto'
import type { settleAttribution as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Row, Transaction } from '@tandem/store'
import { judge } from '../../attribution/judge.ts'
import { doubtsOf, openAttributed, openBasis, openGiven } from '../../attribution/sealed.ts'
import type { Cell } from '../../cell.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'
import { notify } from '../referrals/decide.ts'

type Attribution = Row<'attribution/lock'>

/** Second of two people. */
export const settleAttribution: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'attribution.settle')
    const row = await tx.one('attribution/lock', { attribution_id: params.id })
    if (row.state !== 'proposed') throw new Refusal('TANDEM-STATE-002', `it is ${row.state} already`)
    if (row.proposed_by === tx.standing.person) throw new Refusal('TANDEM-STATE-004')
    if (row.number !== body.number) throw new Refusal('TANDEM-INPUT-001', 'the typed number is not this referral’s')
    await tx.vault.unlock([row.referral_id, ...(row.answer_id === null ? [] : [row.answer_id])])
    if (body.approve) await mustBeClearable(tx, cell, row)
    // Whoever opened an error record meanwhile is not passed over: refuse it, and propose what is right anew.
    const errors = body.approve ? await tx.run('attribution/errors', { attributions: [row.attribution_id] }) : []
    if (errors.length > 0) throw new Refusal('TANDEM-STATE-002', 'an error record says that it is wrong: refuse it')
    await tx.vault.prepare(row.operation_id, row.referral_id)
    const reason = sealText(
      tx,
      row.referral_id,
      'attribution',
      'settled_reason_sealed',
      row.attribution_id,
      body.reason,
    )
    const state = !body.approve ? 'refused' : row.doubts.length === 0 ? 'cleared' : 'cleared with doubts'
    await tx.run('attribution/settle', {
      attribution_id: row.attribution_id,
      state,
      reason_sealed: reason,
      // The database clears on no other basis than the one that was compared.
      settled_on: body.approve ? createHash('sha256').update(row.basis_sealed).digest() : null,
    })
    tx.record(`attribution.${body.approve ? 'clear' : 'refuse'}`, {
      referral: row.referral_id,
      attribution: row.attribution_id,
      doubts: row.doubts,
      reasonSha256: createHash('sha256').update(reason).digest('hex'),
    })
    await notify(tx, row.operation_id, 'proposal', row.attribution_id)
    await notify(tx, row.operation_id, 'referral', row.referral_id)
    return { attribution: row.attribution_id, state, doubts: row.doubts }
  })

/** Judged again from the records and the IP context of now: what the first person saw must still be so, all of it. */
async function mustBeClearable(tx: Transaction, cell: Cell, row: Attribution): Promise<void> {
  const basis = openBasis(tx, row)
  const bars = doubtsOf(basis).filter((doubt) => doubt.bars)
  if (bars.length > 0) {
    const names = bars.map(({ code }) => code).join(', ')
    throw new Refusal('TANDEM-STATE-002', `it cannot be cleared, with whatever reason: ${names}`)
  }
  const now = await judge(tx, cell, openGiven(tx, row))
  const isSame =
    now.basis === basis &&
    JSON.stringify(now.attributed) === JSON.stringify(openAttributed(tx, row)) &&
    JSON.stringify(now.doubts.map(({ code }) => code)) === JSON.stringify(row.doubts)
  if (!isSame)
    throw new Refusal('TANDEM-STATE-001', 'the record or what is known of the address changed: propose it anew')
  if (row.doubts.length > 0 && row.override_sealed === null)
    throw new Refusal('TANDEM-STATE-002', `doubts without a reason to pass over them: ${row.doubts.join(', ')}`)
}
