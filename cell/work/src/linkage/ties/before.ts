import type { Transaction } from '@tandem/store'
import { openRecord } from '../../sealed-record.ts'
import type { LinkContext } from '../context.ts'
import { keepTies } from './keep.ts'

/** People who were linked before ties were told: their referrals are asked now, once. */
export async function tellOldTies(tx: Transaction, context: LinkContext, referrals: readonly string[]): Promise<void> {
  const rows = await tx.run('tie/untold', { referrals: [...referrals] })
  const [first] = rows
  if (first === undefined) return
  await tx.run('link/turn', {})
  const asked = [...new Set(rows.map(({ referral_id }) => referral_id))]
  const [held] = await Promise.all([tx.run('referral/for_ranking', { referrals: asked }), tx.vault.unlock(asked)])
  const ofReferral = Map.groupBy(rows, ({ referral_id }) => referral_id)
  await keepTies(
    tx,
    context,
    first.operation_id,
    held
      .filter(({ referral_id }) => !tx.vault.isErased(referral_id))
      .map(({ referral_id, record_sealed }) => ({
        referral: referral_id,
        record: openRecord(tx, referral_id, record_sealed),
        appearances: new Map(
          (ofReferral.get(referral_id) ?? []).map(({ person, appearance_id }) => [person, appearance_id]),
        ),
      })),
  )
  await tx.run('tie/told', { appearances: rows.map(({ appearance_id }) => appearance_id) })
}
