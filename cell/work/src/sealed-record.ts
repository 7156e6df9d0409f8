import type { ReferralRecord } from '@tandem/formats'
import type { Transaction } from '@tandem/store'
import { openText, sealText } from './sealed.ts'

export const sealRecord = (tx: Transaction, referral: string, record: ReferralRecord): Buffer =>
  sealText(tx, 'referral', 'record_sealed', referral, JSON.stringify(record))

/** The envelope is authenticated, so what opens is what our own reader wrote. */
export function openRecord(tx: Transaction, referral: string, envelope: Buffer): ReferralRecord {
  const record: ReferralRecord = JSON.parse(openText(tx, 'referral', 'record_sealed', referral, envelope))
  return record
}
