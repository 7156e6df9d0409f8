import type { Row, Transaction } from '@tandem/store'
import { textOrErased } from '../sealed.ts'
import { directionOf } from './queue-item.ts'

type Said = Omit<Row<'disagreement/of_referral'>, 'undone_at'>

/** The key of the referral must have been fetched. */
export function presentDisagreement(
  tx: Transaction,
  referral: string,
  row: Said,
  nameOf: (id: string | null) => string,
) {
  return {
    id: row.disagreement_id,
    score: row.score_number,
    weightSet: row.weight_set,
    direction: directionOf(row.direction),
    reason:
      row.reason_sealed === null
        ? null
        : textOrErased(tx, referral, 'rank_disagreement', 'reason_sealed', row.disagreement_id, row.reason_sealed),
    by: nameOf(row.said_by),
    at: row.said_at,
    mine: row.said_by === tx.standing.person,
  }
}

export const presentDisagreements = (
  tx: Transaction,
  referral: string,
  rows: readonly Row<'disagreement/of_referral'>[],
  nameOf: (id: string | null) => string,
) => rows.map((row) => ({ ...presentDisagreement(tx, referral, row, nameOf), withdrawnAt: row.undone_at }))
