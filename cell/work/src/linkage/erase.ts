import type { Transaction } from '@tandem/store'
import { loadComponents } from './load.ts'
import { settle } from './settle.ts'

/** The people of an erased referral take no part any more, and what hung on them is told anew. */
export async function unlinkErased(tx: Transaction, operation: string, referral: string): Promise<void> {
  await tx.run('link/turn', {})
  const before = await tx.run('appearance/of_referrals', { referrals: [referral] })
  if (before.length === 0) return
  await tx.run('appearance/erase', { referral_id: referral })
  const components = before.map(({ component_id }) => component_id)
  const subjects = before.map(({ subject_id }) => subject_id)
  await settle(tx, await loadComponents(tx, components), 'a referral was erased by law', { operation, subjects })
}
