import { join } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import type { Store } from '@tandem/store'
import { type AgencyLog, LogFolder, Sequencer } from '@tandem/work'
import { type DataFolder, inboxName } from '../folders.ts'
import type { CellPeers } from '../peers/of-cell.ts'
import { privateFolder } from '../private-file.ts'
import type { Settings } from '../settings.ts'
import { diskAt } from './disk.ts'
import { logKeys } from './keystore.ts'
import { outsideWitnesses, watchedLogs } from './outside.ts'
import { timestampsOf } from './timestamps.ts'

export interface AgencyOfCell {
  readonly id: string
  readonly shortName: string
  readonly kind: string
}

/** Every agency's log with its keys and its folder; an agency that has none yet gets one. Not started. */
export async function ledgerOfCell(
  store: Store,
  folder: DataFolder,
  settings: Settings,
  agencies: readonly AgencyOfCell[],
  peers: Pick<CellPeers, 'witnesses' | 'watched'>,
  onProblem: (says: string) => void,
): Promise<Result<Sequencer, string>> {
  await nameLogs(store, settings.cell, agencies)
  const rows = await store.log((run) => run('log/all', {}))
  const outside = settings.ledger ?? { witnesses: [], needed: 0, watched: [] }
  try {
    const logs = rows.map(({ agency_id: agency, name, origin, note }): AgencyLog => {
      const kind = agencies.find(({ id }) => id === agency)?.kind
      const keys = logKeys(folder, agency, origin, note !== null)
      return { agency, name, origin, isWitness: kind === 'agency' || kind === 'oversight', keys }
    })
    for (const { name } of logs) privateFolder(join(folder.ledger, name))
    return ok(
      new Sequencer({
        store,
        logs,
        folderOf: ({ name }) => new LogFolder(diskAt(join(folder.ledger, name))),
        outside: [...outsideWitnesses(outside), ...peers.witnesses],
        neededOutside: outside.needed,
        watched: [...watchedLogs(outside), ...peers.watched],
        timestamps: timestampsOf(outside),
        onProblem,
      }),
    )
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

/** The name of a log never changes, whatever the agency is called later; the cell's id makes it the only one anywhere. */
async function nameLogs(store: Store, cell: string, agencies: readonly AgencyOfCell[]): Promise<void> {
  const rows = await store.log((run) => run('log/all', {}))
  const taken = new Set(rows.map(({ name }) => name))
  for (const { id, shortName } of agencies) {
    if (rows.some(({ agency_id }) => agency_id === id)) continue
    const wanted = inboxName(shortName).slice(0, 60) || 'agency'
    const name = taken.has(wanted) ? `${wanted}-${id.slice(0, 8)}` : wanted
    taken.add(name)
    await store.log((run) => run('log/add', { cell_id: cell, agency_id: id, name, origin: `tandem/${cell}/${name}` }))
  }
}
