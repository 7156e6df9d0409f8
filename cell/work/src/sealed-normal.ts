import type { Transaction } from '@tandem/store'
import { openText } from './sealed.ts'

/** Where the normal form of a mention is sealed. Older ones share it with the observable, under the agency's first key. */
export interface SealedNormal {
  readonly mention_id: string
  readonly observable_id: string
  readonly normal_sealed: Buffer | null
  readonly shared_normal_sealed: Buffer | null
}

export function openNormal(tx: Transaction, referral: string, sealed: SealedNormal): string {
  const { mention_id, observable_id, normal_sealed: own, shared_normal_sealed: shared } = sealed
  if (tx.vault.isErased(referral)) return '(erased by law)'
  if (own !== null) return openText(tx, referral, 'mention', 'normal_sealed', mention_id, own)
  if (shared !== null) return openText(tx, referral, 'observable', 'normal_sealed', observable_id, shared)
  throw new Error(`the mention ${mention_id} has no normal form`)
}
