import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from '@tandem/core'
import type { DatabaseEngine } from '@tandem/store/engine'
import { agenciesOf, readCell, withAdmin } from './database.ts'
import type { DataFolder } from './folders.ts'
import { type AgencyPlan, found } from './found.ts'
import { CellKeys, type OfficerShare, withoutKeys } from './keys/cell-keys.ts'
import { type Settings, writeSettings } from './settings.ts'

/** What to found when the data folder is empty. */
export interface Birth {
  readonly name: string
  readonly mode: 'training' | 'live'
  readonly settings: Omit<Settings, 'version' | 'cell' | 'name' | 'mode' | 'database'>
  readonly agencies: (settings: Settings) => readonly AgencyPlan[]
  /** By short name: whose officers hold shares. The keys of any other agency are opened by this machine. */
  readonly officers?: ReadonlyMap<string, { readonly threshold: number; readonly officers: readonly string[] }>
}

export interface Founded {
  readonly settings: Settings
  /** Made in this very start. */
  readonly fresh: boolean
  readonly keys: CellKeys
  /** Of a cell made just now: each for one officer's eyes, kept nowhere. */
  readonly shares: readonly OfficerShare[]
}

/**
 * Before anything is opened or made: a cell whose records are on a server must be started with that server, and one
 * whose records are here without. Else an empty database would be taken for the cell's own and founded again.
 */
export function sameKindOfDatabase(
  folder: DataFolder,
  settings: Settings | null,
  databaseUrl: string | undefined,
): Result<void, string> {
  const named = databaseUrl === undefined ? 'embedded' : 'server'
  if (settings === null || settings.database === named) return ok(undefined)
  return err(
    named === 'embedded'
      ? `The records of the cell in ${folder.root} are on a PostgreSQL server of your own. Name it: tandem start --database URL`
      : `The records of the cell in ${folder.root} are in that folder, not on a server: start it without --database.`,
  )
}

/** Settings and database must tell the same cell; an empty pair is founded; anything half is refused, never guessed. */
export async function foundOnce(
  folder: DataFolder,
  birth: Birth | null,
  engine: DatabaseEngine,
  database: string,
  present: Settings | null,
): Promise<Result<Founded, string>> {
  const row = await readCell(engine.connection, database)
  if (row !== null) {
    if (present === null) {
      return err(`The database holds the cell "${row.name}", but ${folder.root} has no settings and no keys for it.`)
    }
    if (row.cell !== present.cell || row.mode !== present.mode) {
      return err(`The settings in ${folder.root} belong to another cell than its database. A cell is never converted.`)
    }
    const keys = await openKeys(folder, engine, database)
    return keys.ok ? ok({ settings: present, fresh: false, keys: keys.value, shares: [] }) : keys
  }
  if (birth === null) return err(`The database of the cell in ${folder.root} is empty. Restore it from a backup.`)
  // Settings are written before the database is filled: a start that was cut between the two goes on where it stopped.
  const settings: Settings = present ?? {
    version: 1,
    cell: randomUUID(),
    name: birth.name,
    mode: birth.mode,
    database: engine.kind,
    ...birth.settings,
  }
  if (settings.mode !== birth.mode) return err(`The data folder ${folder.root} belongs to a ${settings.mode} cell.`)
  writeSettings(folder, settings)
  const made = await withAdmin(engine.connection, database, async (admin) => {
    await admin.query('BEGIN')
    const agencies = await found(
      admin,
      { id: settings.cell, name: settings.name, mode: settings.mode },
      birth.agencies(settings),
    )
    // Keys are on disk before the rows that need them are committed.
    const keys = await CellKeys.make(
      folder,
      agencies.map(({ agency, shortName, kind }) => ({ id: agency, shortName, kind })),
      birth.officers ?? new Map(),
    )
    if (keys.ok) await admin.query('COMMIT')
    return keys
  })
  return made.ok ? ok({ settings, fresh: true, ...made.value }) : made
}

/** A cell without a key would start, show names it cannot open, and fail in an officer's hands. */
async function openKeys(
  folder: DataFolder,
  engine: DatabaseEngine,
  database: string,
): Promise<Result<CellKeys, string>> {
  const agencies = await agenciesOf(engine.connection, database)
  const missing = withoutKeys(folder, agencies)
  if (missing.length === 0)
    return withAdmin(engine.connection, database, (admin) => CellKeys.open(folder, agencies, admin))
  return err(
    `No key of ${missing.join(', ')} is in ${folder.keys}: what it sealed cannot be read. Put back the copy of the keys (made by "tandem backup --keys-to"), then start again.`,
  )
}
