import type { Transaction } from '@tandem/store'
import { lotOf } from '@tandem/triage'

/**
 * The lot of a referral: its id, which the cell makes, under the agency's key for tokens, which survives every rotation.
 * A sender knows neither; who holds the key can make the lot again at any time.
 */
export const lotOfReferral = (tx: Transaction, referral: string): number =>
  lotOf(tx.vault.token('audit slice', referral))

/** Only what ranks low by its first score is in the draw: the rest is looked at anyway. */
export const ranksLow = (priority: string): boolean => priority === 'P3'
