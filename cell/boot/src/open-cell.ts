import { err, ok, type Result } from '@tandem/core'
import { Worker } from '@tandem/jobs'
import { canary, type Passwords, Store } from '@tandem/store'
import { type DatabaseEngine, fileReason, openEngine } from '@tandem/store/engine'
import { type Cell, jobKindsOf, readingBox } from '@tandem/work'
import pg from 'pg'
import { forbidCoreFiles } from './core-files.ts'
import { agenciesOf, DATABASE, heldRuns, ourLogins, prepareDatabase, releaseLeases } from './database.ts'
import { resumeRuns, runsOfCell } from './deconfliction/of-cell.ts'
import type { DataFolder } from './folders.ts'
import { type Birth, foundOnce, sameKindOfDatabase } from './founding.ts'
import { ipContextOfCell } from './ip-context/of-cell.ts'
import { keepRunning } from './keep-running.ts'
import type { CellKeys, OfficerShare } from './keys/cell-keys.ts'
import { keyChecks, keyHealth } from './keys/checks.ts'
import { ledgerChecks } from './ledger/checks.ts'
import { ledgerOfCell } from './ledger/of-cell.ts'
import { CellPeers } from './peers/of-cell.ts'
import { privateFolder } from './private-file.ts'
import { loginPasswords, readSettings, type Settings } from './settings.ts'
import { standingChecks } from './standing-checks.ts'
import { VERSION } from './version.ts'

export interface OpenCell {
  readonly cell: Cell
  readonly settings: Settings
  readonly engine: DatabaseEngine
  readonly worker: Worker
  readonly keys: CellKeys
  /** Other cells that this one talks to. */
  readonly peers: CellPeers
  /** Of a cell made just now: each for one officer's eyes, kept nowhere. */
  readonly shares: readonly OfficerShare[]
  /** Made in this very start. */
  readonly fresh: boolean
  close(): Promise<void>
}

export interface OpenOptions {
  readonly folder: DataFolder
  readonly databaseUrl?: string
  /** What to found when the data folder is empty; null refuses an empty folder. */
  readonly birth: Birth | null
  readonly onProblem?: (says: string) => void
  /** Folder with Tor files and range lists; else the one named in TANDEM_IP_CONTEXT, else none. */
  readonly ipContext?: string
}

/** Data folder, database engine, migrations, keys, store, worker: a cell that can work, without its faces. */
export async function openCell(options: OpenOptions): Promise<Result<OpenCell, string>> {
  const { folder, birth } = options
  const read = readSettings(folder)
  if (!read.ok) return read
  if (read.value === null && birth === null) {
    return err(`There is no cell in ${folder.root}. Make one with "tandem init --live" or "tandem start".`)
  }
  const same = sameKindOfDatabase(folder, read.value, options.databaseUrl)
  if (!same.ok) return same
  const made = makeFolders(folder)
  if (!made.ok) return made
  const opened = await openEngine({
    dataFolder: folder.database,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
  })
  if (!opened.ok) return err(opened.error.says)
  const engine = opened.value
  const database = options.databaseUrl === undefined ? DATABASE : engine.connection.database
  try {
    const passwords = loginPasswords(folder)
    const ours = await ourLogins(engine, database, passwords)
    if (!ours.ok) {
      await engine.stop()
      return ours
    }
    await prepareDatabase(engine.connection, database, passwords)
    const refused = await tryTheLogins(engine, database, passwords)
    if (!refused.ok) {
      await engine.stop()
      return refused
    }
    const founded = await foundOnce(folder, birth, engine, database, read.value)
    if (!founded.ok) {
      await engine.stop()
      return founded
    }
    const { settings, fresh, keys, shares } = founded.value
    const problem = (says: string): void => options.onProblem?.(says)
    const peers = await CellPeers.of(folder, settings, problem)
    if (!peers.ok) {
      await engine.stop()
      return peers
    }
    if (engine.kind === 'embedded') await releaseLeases(engine.connection, database)
    forbidCoreFiles()
    readingBox.warm()
    const { host, port, ssl } = engine.connection
    const store = new Store({
      host,
      port,
      database,
      passwords,
      keysOf: keys.keysOf,
      ...(ssl === undefined ? {} : { ssl }),
    })
    const ipContext = ipContextOfCell(options.ipContext ?? process.env['TANDEM_IP_CONTEXT'], problem)
    const agencies = await agenciesOf(engine.connection, database)
    const ledger = await ledgerOfCell(store, folder, settings, agencies, peers.value, problem)
    if (!ledger.ok) {
      await store.close()
      await engine.stop()
      return ledger
    }
    const deconfliction = runsOfCell({
      store,
      ledger: ledger.value,
      folder,
      mode: settings.mode,
      agencies,
      elsewhere: peers.value,
      onProblem: problem,
    })
    // When this cell alone holds the data folder, nobody else works on them.
    if (engine.kind === 'embedded')
      await resumeRuns(deconfliction.runs, await heldRuns(engine.connection, database), problem)
    const cell: Cell = {
      store,
      name: settings.name,
      mode: settings.mode,
      version: VERSION,
      database: `PostgreSQL ${engine.version.text}${engine.kind === 'embedded' ? ', embedded' : ''}`,
      limits: { deliveryBytes: 64 * 1024 * 1024, listBytes: 8 * 1024 ** 3 },
      ipContext,
      ledger: ledger.value,
      deconfliction: deconfliction.runs,
      checks: async () => [
        ...standingChecks(engine),
        ...keyChecks(keys.states(), settings.mode),
        ipContext.check(),
        ...ledgerChecks(ledger.value),
        ...peers.value.checks(),
      ],
      keys: () => keyHealth(keys.states()),
    }
    // A database that dies under the cell is started again; what was committed is there, what was not never happened.
    keepRunning(engine, problem)
    const worker = new Worker(store, jobKindsOf(cell), {
      onError: (job, error) =>
        options.onProblem?.(`job "${job.kind}": ${error instanceof Error ? error.message : 'unknown'}`),
    })
    return ok({
      cell,
      settings,
      engine,
      worker,
      keys,
      peers: peers.value,
      shares,
      fresh,
      async close() {
        await deconfliction.close()
        await peers.value.close()
        await worker.stop()
        await ledger.value.stop()
        await readingBox.close()
        await store.close()
        keys.close()
        await engine.stop()
      },
    })
  } catch (error) {
    await engine.stop()
    return err(error instanceof Error ? error.message : String(error))
  }
}

function makeFolders(folder: DataFolder): Result<void, string> {
  try {
    privateFolder(folder.root)
    privateFolder(folder.keys)
    return ok(undefined)
  } catch (error) {
    const reason = fileReason(error)
    if (reason === null) throw error
    return err(`The data folder ${folder.root} cannot be used: ${reason}. Name a folder of your own with --data.`)
  }
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
