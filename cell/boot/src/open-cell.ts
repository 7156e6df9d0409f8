import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from '@tandem/core'
import { Worker } from '@tandem/jobs'
import { canary, type Passwords, Store } from '@tandem/store'
import { type DatabaseEngine, openEngine } from '@tandem/store/engine'
import { type Cell, type Check, jobKinds, readingBox, readingConfinement } from '@tandem/work'
import pg from 'pg'
import { makeAgencyKey, vaults } from './agency-keys.ts'
import { DATABASE, prepareDatabase, readCell, releaseLeases, withAdmin } from './database.ts'
import type { DataFolder } from './folders.ts'
import { type AgencyPlan, found } from './found.ts'
import { privateFolder } from './private-file.ts'
import { loginPasswords, readSettings, type Settings, writeSettings } from './settings.ts'
import { VERSION } from './version.ts'

export interface OpenCell {
  readonly cell: Cell
  readonly settings: Settings
  readonly engine: DatabaseEngine
  readonly worker: Worker
  /** Made in this very start. */
  readonly fresh: boolean
  close(): Promise<void>
}

export interface OpenOptions {
  readonly folder: DataFolder
  readonly databaseUrl?: string
  /** What to found when the data folder is empty; null refuses an empty folder. */
  readonly birth: {
    readonly name: string
    readonly mode: 'training' | 'live'
    readonly settings: Omit<Settings, 'version' | 'cell' | 'name' | 'mode'>
    readonly agencies: (settings: Settings) => readonly AgencyPlan[]
  } | null
  readonly onProblem?: (says: string) => void
}

/** Data folder, database engine, migrations, keys, store, worker: a cell that can work, without its faces. */
export async function openCell(options: OpenOptions): Promise<Result<OpenCell, string>> {
  const { folder, birth } = options
  const read = readSettings(folder)
  if (!read.ok) return read
  if (read.value === null && birth === null) {
    return err(`There is no cell in ${folder.root}. Make one with "tandem init --live" or "tandem start".`)
  }
  privateFolder(folder.root)
  privateFolder(folder.keys)
  const opened = await openEngine({
    dataFolder: folder.database,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
  })
  if (!opened.ok) return err(opened.error.says)
  const engine = opened.value
  const database = options.databaseUrl === undefined ? DATABASE : engine.connection.database
  try {
    const passwords = loginPasswords(folder)
    await prepareDatabase(engine.connection, database, passwords)
    const refused = await tryTheLogins(engine, database, passwords)
    if (!refused.ok) {
      await engine.stop()
      return refused
    }
    const founded = await foundOnce(options, engine, database, read.value)
    if (!founded.ok) {
      await engine.stop()
      return founded
    }
    const { settings, fresh } = founded.value
    if (engine.kind === 'embedded') await releaseLeases(engine.connection, database)
    readingBox.warm()
    const vaultOf = vaults(folder)
    const { host, port, ssl } = engine.connection
    const store = new Store({ host, port, database, passwords, vaultOf, ...(ssl === undefined ? {} : { ssl }) })
    const cell: Cell = {
      store,
      name: settings.name,
      mode: settings.mode,
      version: VERSION,
      database: `PostgreSQL ${engine.version.text}${engine.kind === 'embedded' ? ', embedded' : ''}`,
      limits: { deliveryBytes: 64 * 1024 * 1024, listBytes: 8 * 1024 ** 3 },
      checks: async () => standingChecks(engine),
    }
    // A database that dies under the cell is started again; what was committed is there, what was not never happened.
    engine.onExit((exit) => {
      options.onProblem?.(`the database ended: ${exit.says}`)
      void engine.restart().then((again) => {
        options.onProblem?.(again.ok ? 'the database runs again' : again.error.says)
      })
    })
    const worker = new Worker(store, jobKinds, {
      onError: (job, error) =>
        options.onProblem?.(`job "${job.kind}": ${error instanceof Error ? error.message : 'unknown'}`),
    })
    return ok({
      cell,
      settings,
      engine,
      worker,
      fresh,
      async close() {
        await worker.stop()
        await readingBox.close()
        await store.close()
        await engine.stop()
      },
    })
  } catch (error) {
    await engine.stop()
    return err(error instanceof Error ? error.message : String(error))
  }
}

/** Settings and database must tell the same cell; an empty pair is founded; anything half is refused, never guessed. */
async function foundOnce(
  { folder, birth }: OpenOptions,
  engine: DatabaseEngine,
  database: string,
  present: Settings | null,
): Promise<Result<{ settings: Settings; fresh: boolean }, string>> {
  const row = await readCell(engine.connection, database)
  if (row !== null) {
    if (present === null) {
      return err(`The database holds the cell "${row.name}", but ${folder.root} has no settings and no keys for it.`)
    }
    if (row.cell !== present.cell || row.mode !== present.mode) {
      return err(`The settings in ${folder.root} belong to another cell than its database. A cell is never converted.`)
    }
    return ok({ settings: present, fresh: false })
  }
  if (birth === null) return err(`The database of the cell in ${folder.root} is empty. Restore it from a backup.`)
  // Settings are written before the database is filled: a start that was cut between the two goes on where it stopped.
  const settings: Settings = present ?? {
    version: 1,
    cell: randomUUID(),
    name: birth.name,
    mode: birth.mode,
    ...birth.settings,
  }
  if (settings.mode !== birth.mode) return err(`The data folder ${folder.root} belongs to a ${settings.mode} cell.`)
  writeSettings(folder, settings)
  await withAdmin(engine.connection, database, async (admin) => {
    await admin.query('BEGIN')
    const agencies = await found(
      admin,
      { id: settings.cell, name: settings.name, mode: settings.mode },
      birth.agencies(settings),
    )
    // Keys are on disk before the rows that need them are committed.
    for (const { agency } of agencies) makeAgencyKey(folder, agency)
    await admin.query('COMMIT')
  })
  return ok({ settings, fresh: true })
}

/** Every login proves at every start that it cannot read what it must not; else the doors stay shut. */
async function tryTheLogins(
  engine: DatabaseEngine,
  database: string,
  passwords: Passwords,
): Promise<Result<void, string>> {
  const tried = await canary(async (login) => {
    const client = new pg.Client({ ...engine.connection, database, user: login, password: passwords[login] })
    await client.connect()
    return client
  })
  if (tried.ok) return ok(undefined)
  return err(
    `The database would let somebody see too much, so the cell does not start: ${tried.error.failed.join('; ')}`,
  )
}

function standingChecks(engine: DatabaseEngine): Check[] {
  const box = readingConfinement()
  return [
    {
      name: 'reading of foreign files',
      ...(box.noNetwork && box.boundedMemory
        ? { state: 'good', says: 'In processes of their own, without network and with bounded memory.' }
        : {
            state: 'warning',
            says: `In processes of their own, ${box.noNetwork ? 'without' : 'not kept from the'} network, memory ${box.boundedMemory ? '' : 'not '}bounded.`,
            remedy: 'Install util-linux (unshare, prlimit) or allow user namespaces on this machine.',
          }),
    },
    {
      name: 'database',
      state: 'good',
      says: `PostgreSQL ${engine.version.text} ${engine.kind === 'embedded' ? 'comes with Tandem and runs on this machine' : 'is the server you named'}.`,
    },
  ]
}
