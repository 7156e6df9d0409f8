import type { Cell } from '../cell.ts'

export interface Change {
  readonly number: number
  readonly agency: string
  readonly operation: string
  readonly topic: string
  readonly subject: string
}

/** What changed since, ids only. The server passes a change on to sessions of that agency and operation alone. */
export async function changesAfter(cell: Cell, after: number, limit: number): Promise<Change[]> {
  const rows = await cell.store.outbox(after, limit)
  return rows.map((row) => ({
    number: row.number,
    agency: row.agency_id,
    operation: row.operation_id,
    topic: row.topic,
    subject: row.subject_id,
  }))
}
