import type { inspectRanks as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentSlices } from '../../presenters/audit-slice.ts'

/** Counts of every agency, without a word of a report: row security gives the inspector codes and instants alone. */
export const inspectRanks: Handler<typeof route> = (cell, caller) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'weights.inspect')
      const [rows, counts, lots] = await Promise.all([
        tx.run('slice/counts', {}),
        tx.run('disagreement/counts', {}),
        tx.run('slice/against_ledger', {}),
      ])
      tx.record('ranks.inspect', { agencies: lots.map(({ agency }) => agency) })
      return {
        slices: presentSlices(rows),
        disagreements: counts.map(({ weight_set, ...row }) => ({ weightSet: weight_set, ...row })),
        lots: lots.map(({ in_ledger, ...row }) => ({ ...row, inLedger: in_ledger })),
      }
    },
    { reach: 'frame' },
  )
