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

/** Seals and opens one column of one row under the acting agency's key. */
export function sealText(tx: Transaction, table: Table, column: string, row: string, text: string): Buffer {
  return tx.vault.seal({ agency: tx.standing.agency, table, column, row }, Buffer.from(text, 'utf8'))
}

export function openText(tx: Transaction, table: Table, column: string, row: string, envelope: Buffer): string {
  return tx.vault.open({ agency: tx.standing.agency, table, column, row }, envelope).toString('utf8')
}
