import type { Cell } from '../cell.ts'

export interface Change {
  /** Orders changes as text; opaque otherwise. */
  readonly position: string
  readonly agency: string
  readonly operation: string
  readonly topic: string
  readonly subject: string
}

/** What changed since, ids only. The server passes a change on to sessions of that agency and operation alone. */
export async function changesAfter(cell: Cell, after: string, limit: number): Promise<Change[]> {
  const rows = await cell.store.outbox(after, limit)
  return rows.map((row) => ({
    position: row.position,
    agency: row.agency_id,
    operation: row.operation_id,
    topic: row.topic,
    subject: row.subject_id,
  }))
}

/** Where the feed stands now, so that a new listener hears only of what comes. */
export const latestChange = (cell: Cell): Promise<string> => cell.store.latestInOutbox()
