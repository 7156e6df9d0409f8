import type { Json } from '@tandem/core'
import type { Row, Transaction } from '@tandem/store'
import { openText } from '../sealed.ts'

export function presentProposal(tx: Transaction, row: Row<'proposal/pending'>, nameOf: (id: string | null) => string) {
  return {
    id: row.proposal_id,
    verb: row.verb,
    change: asRecord(row.change),
    reason: openText(tx, recordOf(row), 'proposal', 'reason_sealed', row.proposal_id, row.reason_sealed),
    by: nameOf(row.proposed_by),
    at: row.proposed_at,
    mine: row.proposed_by === tx.standing.person,
  }
}

/** Under whose key its reasons are: those of an erasure outlive what they are about. */
export const recordOf = (row: { verb: string; proposal_id: string; referral_id: string }): string =>
  row.verb === 'erase' ? row.proposal_id : row.referral_id

export function asRecord(json: Json): { [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? Object.fromEntries(Object.entries(json))
    : {}
}
