import { brokenFields, type LedgerLeaf } from '@tandem/core/ledger-entry'
import type { Row } from '@tandem/store'

/** A leaf as the log holds it; null when its bytes are not a leaf of version 1. */
export function parseLeaf(bytes: Buffer): LedgerLeaf | null {
  try {
    const leaf: LedgerLeaf = JSON.parse(bytes.toString('utf8'))
    return leaf.v === 1 && typeof leaf.commitments === 'object' && leaf.commitments !== null ? leaf : null
  } catch {
    return null
  }
}

/** Do the clear fields of this opening fit the commitments of its leaf? */
export function openingFits(leaf: LedgerLeaf | null, row: Row<'ledger/page'>): boolean {
  if (leaf === null || leaf.entry !== row.entry_id || leaf.agency !== row.agency_id) return false
  return (
    brokenFields(leaf, {
      salt: row.salt,
      who: row.person_id,
      verb: row.verb,
      object: row.object,
      at: row.at,
      authority: row.authority_id,
      purpose: row.purpose_id,
    }).length === 0
  )
}
