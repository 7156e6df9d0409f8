import type { allRuns as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentRun } from '../../presenters/deconfliction.ts'
import { namesOfPeople } from '../../presenters/people.ts'

export const allRuns: Handler<typeof route> = (cell, caller) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.read')
    const live = cell.deconfliction.live()
    const rows = await tx.run('deconfliction/all', { limit: 200 })
    await tx.vault.unlock(rows.map((row) => row.run_id))
    const names = await namesOfPeople(tx)
    tx.record('deconfliction.list', { runs: rows.map((row) => row.run_id) })
    return {
      peers: cell.deconfliction.peers.peersOf(tx.standing.agency).map(({ name, label }) => ({ name, label })),
      runs: rows.map((row) => presentRun(tx, cell.deconfliction, live, row, names)),
    }
  })
