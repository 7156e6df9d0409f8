import type { openTracks as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'

export const openTracks: Handler<typeof route> = (cell, caller) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'safeguarding.read')
    const rows = await tx.run('safeguarding/open', {})
    tx.record('safeguarding.list', { tracks: rows.map((row) => row.safeguarding_id) })
    return {
      tracks: rows.map((row) => ({
        id: row.safeguarding_id,
        referral: row.referral_id,
        number: row.number,
        dueAt: row.due_at,
        acknowledgedAt: row.acknowledged_at,
        overdue: row.overdue,
      })),
    }
  })
