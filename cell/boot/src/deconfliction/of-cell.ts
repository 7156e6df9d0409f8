import type { Compute } from '@tandem/blind'
import { ComputePool } from '@tandem/blind/pool'
import type { Store } from '@tandem/store'
import { type HeldRun, type LocalAgency, type Peers, Runs, type Sequencer } from '@tandem/work'
import type { DataFolder } from '../folders.ts'
import { statementHand, statementKeys } from '../keys/statement-keys.ts'
import type { AgencyOfCell } from '../ledger/of-cell.ts'
import { lineName } from '../peers/line-keys.ts'

export interface CellRuns {
  readonly runs: Runs
  close(): Promise<void>
}

/** The agencies of this cell talk to each other inside it in signed messages, as they do to those of other cells. */
export function runsOfCell(given: {
  readonly store: Store
  readonly ledger: Sequencer
  readonly folder: DataFolder
  readonly mode: 'training' | 'live'
  readonly agencies: readonly AgencyOfCell[]
  /** Agencies in other cells. */
  readonly elsewhere: Pick<Peers, 'line' | 'peersOf'>
  readonly onProblem: (says: string) => void
}): CellRuns {
  const { store, ledger, folder, mode, agencies, elsewhere, onProblem } = given
  const local = agencies
    .filter(({ kind }) => kind === 'agency')
    .flatMap(({ id, shortName }): LocalAgency[] => {
      const log = ledger.logs.find(({ agency }) => agency === id)
      if (log === undefined) return []
      const name = lineName(log.origin, mode)
      const logKeys = log.keys.log.map(({ key }) => key)
      return [{ agency: id, name, label: shortName, ...statementHand(statementKeys(folder, id, name)), logKeys }]
    })
  const pool = lazyPool()
  const runs = new Runs({
    store,
    ledger,
    local,
    elsewhere,
    compute: pool.compute,
    onProblem,
  })
  return {
    runs,
    async close() {
      await runs.close()
      await pool.close()
    },
  }
}

/** One that cannot even be ended here is ended by a worker, when its request has expired. */
export async function resumeRuns(
  runs: Runs,
  held: readonly HeldRun[],
  onProblem: (says: string) => void,
): Promise<void> {
  for (const each of held) {
    try {
      await runs.resume(each)
    } catch (error) {
      onProblem(`deconfliction ${each.run}: ${error instanceof Error ? error.message : 'unknown'}`)
    }
  }
}

/** A thread for the heavy work, from the first run on: a cell that asks nobody has none. */
function lazyPool(): { compute: Compute; close(): Promise<void> } {
  let pool: ComputePool | null = null
  return {
    compute(job) {
      pool ??= new ComputePool(1)
      return pool.compute(job)
    },
    async close() {
      await pool?.close()
    },
  }
}
