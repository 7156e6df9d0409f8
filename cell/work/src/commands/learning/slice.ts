import type { auditSlice as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentSlices } from '../../presenters/audit-slice.ts'

/** What the low ranks of the operation hold, judged by what was drawn by lot. */
export const auditSlice: Handler<typeof route> = (cell, caller) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'weights.read')
    const rows = await tx.run('slice/counts', {})
    tx.record('slice.counts', { weightSets: [...new Set(rows.map(({ weight_set }) => weight_set))] })
    return { slices: presentSlices(rows) }
  })
