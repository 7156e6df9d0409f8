import type { Transaction } from '@tandem/store'

type Table =
  | 'delivery'
  | 'payload_chunk'
  | 'referral'
  | 'mention'
  | 'observable'
  | 'decision'
  | 'proposal'
  | 'note'
  | 'safeguarding'
  | 'appearance'
  | 'link_act'
  | 'tie_value'
  | 'attribution'
  | 'attribution_error'
  | 'rank_disagreement'
  | 'weight_proposal'
  | 'deconfliction'
  | 'deconfliction_release'
  | 'lookup_grant'
  | 'lookup'

/**
 * One column of one row, sealed under the key of its record: a referral, with all that was said and decided on it, or a
 * delivery. The key must have been fetched in this transaction.
 */
export function sealText(
  tx: Transaction,
  record: string,
  table: Table,
  column: string,
  row: string,
  text: string,
): Buffer {
  return tx.vault.seal({ record, table, column, row }, Buffer.from(text, 'utf8'))
}

export function openText(
  tx: Transaction,
  record: string,
  table: Table,
  column: string,
  row: string,
  envelope: Buffer,
): string {
  return tx.vault.open({ record, table, column, row }, envelope).toString('utf8')
}

/** In lists: one erased record leaves the others readable. */
export const textOrErased = (tx: Transaction, record: string, ...rest: [Table, string, string, Buffer]): string =>
  tx.vault.isErased(record) ? '(erased by law)' : openText(tx, record, ...rest)
