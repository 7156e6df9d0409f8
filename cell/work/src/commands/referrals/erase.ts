import type { erase as route } from '@tandem/contract'
import { type Json, Refusal } from '@tandem/core'
import { newId, type Transaction } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { unlinkErased } from '../../linkage/erase.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { asRecord } from '../../presenters/proposal.ts'
import { sealText } from '../../sealed.ts'
import { type Item, lockItem, mustBeIn, mustBeVersion, notify } from './decide.ts'

/** Whoever is still worked on is not erased: close or decline first, which has its own rules. */
const ended = ['closed', 'declined', 'merged', 'folded'] as const

/**
 * First of two people. What will be erased is the referral, with every note, decision and need on it, and the file it came
 * in, because the file holds the same words: other referrals of that file keep what was read of them.
 */
export const erase: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.erase')
    const item = await lockItem(tx, params.id)
    mustBeVersion(item, body.version)
    mustBeIn(item, ended)
    const { records, others } = await whatIsErased(tx, params.id)
    const proposal = newId()
    // Why something was erased must outlive it: the reasons of an erasure have a key of their own.
    await tx.vault.create(item.operation_id, [proposal])
    await tx.run('proposal/insert', {
      operation_id: item.operation_id,
      proposal_id: proposal,
      referral_id: item.referral_id,
      verb: 'erase',
      change: JSON.stringify({ records, otherReferralsOfTheFile: others }),
      reason_sealed: sealText(tx, proposal, 'proposal', 'reason_sealed', proposal, body.reason),
    })
    tx.record('referral.propose', { referral: item.referral_id, proposal, erase: records })
    await notify(tx, item.operation_id, 'proposal', proposal)
    const says = 'An erasure takes two people: another duty manager must approve it. It cannot be undone.'
    return { proposal, records: records.length, otherReferrals: others, says }
  })

/** Second of two: the keys go with this commit, and with them every copy of the words. */
export async function carryOutErasure(
  tx: Transaction,
  item: Item,
  proposal: { readonly proposal_id: string; readonly change: Json },
): Promise<void> {
  mustBeAllowed(tx.standing.role, 'referral.erase')
  mustBeIn(item, ended)
  const { records } = await whatIsErased(tx, item.referral_id)
  const proposed = asRecord(proposal.change)['records']
  if (JSON.stringify(proposed) !== JSON.stringify(records))
    throw new Refusal('TANDEM-STATE-001', 'another copy of the file came in since this was proposed')
  await tx.vault.erase(item.operation_id, records)
  await unlinkErased(tx, item.operation_id, item.referral_id)
  tx.record('referral.erase', { referral: item.referral_id, records, proposal: proposal.proposal_id })
  await notify(tx, item.operation_id, 'referral', item.referral_id)
}

async function whatIsErased(tx: Transaction, referral: string): Promise<{ records: string[]; others: number }> {
  const found = await tx.one('referral/to_erase', { referral_id: referral })
  if (found.delivery_state !== 'read') throw new Refusal('TANDEM-STATE-002', 'the file it came in is not read yet')
  const records = [referral, ...found.files]
  await tx.vault.unlock(records)
  if (tx.vault.isErased(referral)) throw new Refusal('TANDEM-FIND-002')
  if (records.some((record) => tx.vault.isOld(record))) {
    throw new Refusal(
      'TANDEM-STATE-002',
      'it was sealed by an older Tandem, under one key for the whole agency: it cannot be erased alone',
    )
  }
  return { records, others: found.others }
}
