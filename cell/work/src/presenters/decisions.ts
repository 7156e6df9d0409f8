import type { Row, Transaction } from '@tandem/store'
import { openText } from '../sealed.ts'
import { asRecord } from './proposal.ts'

export function presentDecisions(
  tx: Transaction,
  rows: readonly Row<'decision/of_referral'>[],
  nameOf: (id: string | null) => string,
) {
  const lastStanding = rows.findLast((row) => row.undoes === null && row.undone_by === null)
  return rows.map((row) => ({
    id: row.decision_id,
    verb: row.verb,
    reason:
      row.reason_sealed === null
        ? null
        : openText(tx, row.referral_id, 'decision', 'reason_sealed', row.decision_id, row.reason_sealed),
    by: nameOf(row.decided_by),
    proposal: proposalOf(tx, row, nameOf),
    at: row.decided_at,
    undoes: row.undoes,
    undone: row.undone_by !== null,
    undoable: row === lastStanding && (row.decided_by === tx.standing.person || tx.standing.role === 'duty manager'),
    before: asRecord(row.before),
    after: asRecord(row.after),
  }))
}

function proposalOf(tx: Transaction, row: Row<'decision/of_referral'>, nameOf: (id: string | null) => string) {
  const { proposal_id: id, proposal_reason_sealed: sealed, proposed_at: at } = row
  if (id === null || sealed === null || at === null) return null
  return {
    by: nameOf(row.second_person),
    at,
    reason: openText(tx, row.referral_id, 'proposal', 'reason_sealed', id, sealed),
  }
}
