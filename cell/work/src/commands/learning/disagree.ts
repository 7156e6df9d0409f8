import { createHash } from 'node:crypto'
import type { disagree as route } from '@tandem/contract'
import { type Json, Refusal } from '@tandem/core'
import { newId, type Transaction } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'
import { type Item, lockItem, notify } from '../referrals/decide.ts'

const unmoved = 'Its rank stays; only a decision or something new moves it.'

/**
 * One click, and nothing to justify (Cheng et al.; De-Arteaga et al., CHI 2020: people reject wrong scores when they are
 * free to). It is said of one score, whatever the state of the referral, and moves nothing.
 */
export const disagree: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'rank.disagree')
    const { score, direction } = body
    // The lock keeps two clicks of one person in their order.
    const item = await lockItem(tx, params.id)
    const [scored] = await tx.run('score/numbered', { referral_id: params.id, number: score })
    if (scored === undefined) throw new Refusal('TANDEM-INPUT-001', 'the referral has no score of this number')
    const [standing] = await tx.run('disagreement/own', { referral_id: params.id, score_number: score })
    const answer = (disagreement: string) => ({
      disagreement,
      referral: params.id,
      score,
      direction,
      says: `Noted: it should stand ${direction}. ${unmoved}`,
    })
    const object: { [key: string]: Json } = { referral: params.id, score, weightSet: scored.weight_set, direction }
    if (standing?.direction === direction && body.reason === undefined) {
      // The same click again changes nothing; that it came is on record like everything that is asked.
      tx.record('rank.disagree', { ...object, disagreement: standing.disagreement_id, again: true })
      return answer(standing.disagreement_id)
    }
    if (standing !== undefined) await takeBack(tx, item, score, standing.disagreement_id)
    const id = newId()
    const reason = body.reason === undefined ? null : await sealReason(tx, item, id, body.reason)
    await tx.run('disagreement/insert', {
      operation_id: item.operation_id,
      disagreement_id: id,
      referral_id: params.id,
      score_number: score,
      direction,
      reason_sealed: reason,
      undoes: null,
    })
    object['disagreement'] = id
    if (reason !== null) object['reasonSha256'] = createHash('sha256').update(reason).digest('hex')
    if (standing !== undefined) object['instead'] = standing.disagreement_id
    tx.record('rank.disagree', object)
    await notify(tx, item.operation_id, 'referral', params.id)
    return answer(id)
  })

/** A further event that names the one it takes back. */
export async function takeBack(
  tx: Transaction,
  item: Pick<Item, 'operation_id' | 'referral_id'>,
  score: number,
  undoes: string,
): Promise<void> {
  await tx.run('disagreement/insert', {
    operation_id: item.operation_id,
    disagreement_id: newId(),
    referral_id: item.referral_id,
    score_number: score,
    direction: null,
    reason_sealed: null,
    undoes,
  })
}

async function sealReason(tx: Transaction, item: Item, id: string, reason: string): Promise<Buffer> {
  await tx.vault.prepare(item.operation_id, item.referral_id)
  return sealText(tx, item.referral_id, 'rank_disagreement', 'reason_sealed', id, reason)
}
