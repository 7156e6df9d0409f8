import type { Transaction } from '@tandem/store'
import { type Item, lockItem } from '../commands/referrals/decide.ts'
import { findFold, waitingSupplements } from './fold.ts'
import { keepScore, rankAgain, rankOf } from './rank.ts'
import type { StoredReferral } from './store-referral.ts'

/** A fresh referral takes its place: folded into what it belongs to, or in the queue at its rank. */
export async function placeOnDesk(tx: Transaction, referral: StoredReferral): Promise<void> {
  const fold = await findFold(tx, referral)
  const target = fold === null ? null : await rootAtWork(tx, fold.into)
  const ranked = await rankOf(tx, referral.id)
  await keepScore(tx, referral.delivery.operation_id, referral.id, ranked)
  const stateAndTarget =
    target === null ? { state: 'open', merged_into: null } : { state: 'folded', merged_into: target.referral_id }
  await tx.run('item/insert', {
    operation_id: referral.delivery.operation_id,
    referral_id: referral.id,
    ...stateAndTarget,
    declared_priority: referral.record.declaredPriority?.level ?? null,
    computed_priority: ranked.score.computedPriority,
    effective_priority: ranked.score.untilConfirmed,
    child_urgency: ranked.score.childUrgency.hundredths,
    offender_danger: ranked.score.offenderDanger.hundredths,
    act_by: ranked.actBy,
    received_at: referral.delivery.received_at,
    hits: ranked.hits,
  })
  if (target !== null) {
    // A viral copy is counted; anything else may say something new, so the whole bundle is ranked again.
    if (fold?.kind === 'viral copy') await tx.run('item/touch', { referral_id: target.referral_id })
    else await rankAgain(tx, target.referral_id)
    await tx.run('outbox/add', {
      operation_id: referral.delivery.operation_id,
      topic: 'referral',
      subject_id: target.referral_id,
    })
    return
  }
  await takeInWaiting(tx, referral)
}

/** Supplements that came before their report are folded into it now, unless somebody works on them. */
async function takeInWaiting(tx: Transaction, referral: StoredReferral): Promise<void> {
  const waiting = await waitingSupplements(tx, referral)
  let folded = 0
  for (const supplement of waiting) {
    const item = await lockItem(tx, supplement)
    if (item.state !== 'open') continue
    await tx.run('item/fold', { referral_id: supplement, merged_into: referral.id })
    folded++
  }
  if (folded > 0) await rankAgain(tx, referral.id)
}

/** Follows folds to the referral that stands for the bundle; null when its work has ended, so that new facts are seen. */
async function rootAtWork(tx: Transaction, start: string): Promise<Item | null> {
  let item = await lockItem(tx, start)
  for (let hops = 0; item.merged_into !== null && hops < 20; hops++) item = await lockItem(tx, item.merged_into)
  return item.state === 'open' || item.state === 'taken' || item.state === 'held' ? item : null
}
