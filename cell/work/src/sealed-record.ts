import type { ReferralRecord, Remark } from '@tandem/formats'
import type { Transaction } from '@tandem/store'
import { openText, sealText } from './sealed.ts'

/** What a reader made of one report, with its remarks: their places hold the sender's own words. */
export interface HeldRecord extends ReferralRecord {
  readonly remarks: readonly Remark[]
}

export const sealRecord = (tx: Transaction, referral: string, record: HeldRecord): Buffer =>
  sealText(tx, referral, 'referral', 'record_sealed', referral, JSON.stringify(record))

/** The envelope is authenticated, so what opens is what our own reader wrote. */
export function openRecord(tx: Transaction, referral: string, envelope: Buffer): HeldRecord {
  const record: HeldRecord = JSON.parse(openText(tx, referral, 'referral', 'record_sealed', referral, envelope))
  return record
}
