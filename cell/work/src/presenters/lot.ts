import type { ResponseOf, show } from '@tandem/contract'
import type { Row, Transaction } from '@tandem/store'
import { lots } from '@tandem/triage'
import { lotOfReferral } from '../pipeline/lot.ts'

/** Why a referral is in the audit slice or not, with the lot made again to be held against the one that is kept. */
export function presentLot(
  tx: Transaction,
  referral: string,
  { lot, lots_drawn }: Row<'slice/of_referral'>,
): ResponseOf<typeof show>['lot'] {
  if (lot === null || lots_drawn === null) return null
  return { lot, drawnBelow: lots_drawn, of: lots, agrees: lotOfReferral(tx, referral) === lot }
}
