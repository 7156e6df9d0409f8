import type { health as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'

export const health: Handler<typeof route> = (cell, caller) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'health.read')
      const counts = await tx.run('frame/counts', {})
      const waiting = counts.filter((row) => row.what === 'job' && row.state === 'awaiting authority')
      const failed = counts.filter((row) => row.what === 'job' && row.state === 'failed')
      return {
        now: tx.standing.now,
        version: cell.version,
        mode: cell.mode,
        database: cell.database,
        checks: [
          ...(await cell.checks()),
          ...waiting.map((row) => ({
            name: `authority of ${row.agency}’s lanes`,
            state: 'bad' as const,
            says: `${row.how_many} deliveries are received but not read: the lane’s authority is not in force.`,
            remedy: 'A duty manager enters a new authority in the register and gives it to the lane.',
          })),
          ...failed.map((row) => ({
            name: `jobs of ${row.agency}`,
            state: 'bad' as const,
            says: `${row.how_many} jobs gave up after several tries. Nothing is lost; their deliveries stay.`,
            remedy: 'The reason stands with each job; tell the administrator.',
          })),
        ],
        keys: [...cell.keys()],
        counts: counts.map((row) => ({ agency: row.agency, what: row.what, state: row.state, howMany: row.how_many })),
      }
    },
    { reach: 'frame' },
  )
