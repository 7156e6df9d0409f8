import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Check, diagnose } from '@tandem/store/engine'
import { readingConfinement } from '@tandem/work'
import { findRunning } from './control-client.ts'
import type { CellStatus } from './control-messages.ts'
import { agenciesOf } from './database.ts'
import { databaseOf } from './database-of.ts'
import { type DataFolder, dataFolder } from './folders.ts'
import { keepsRecords, withoutKeys } from './keys/cell-keys.ts'
import { openCell } from './open-cell.ts'
import { lineChecks } from './peers/doctor.ts'
import { isFree } from './port.ts'
import { readSettings, type Settings } from './settings.ts'

export interface DoctorOptions {
  readonly data?: string
  readonly port?: number
  readonly databaseUrl?: string
  /** Starts the database of a stopped cell, to compare it with settings and keys. */
  readonly open?: boolean
}

const good = (name: string, says: string): Check => ({ name, state: 'good', says })
const warning = (name: string, says: string, remedy: string): Check => ({ name, state: 'warning', says, remedy })
const bad = (name: string, says: string, remedy: string): Check => ({ name, state: 'bad', says, remedy })

/** What is wrong on this machine and with this cell, in words, each with what to do. */
export async function examine(options: DoctorOptions = {}): Promise<readonly Check[]> {
  const folder = dataFolder(options.data, 'training')
  const running = await findRunning(folder)
  const settings = readSettings(folder)
  const onServer = settings.ok && settings.value?.database === 'server'
  const machine = await diagnose({ dataFolder: folder.database })
  return [
    ...machine.map((check) => (onServer && check.name === 'Database' ? ownServer(running) : check)),
    running === null
      ? good('Cell', 'Not running.')
      : good('Cell', `"${running.name}" (${running.mode}) runs as process ${running.pid} at ${running.url}.`),
    settings.ok
      ? settingsCheck(folder, settings.value)
      : bad('Settings', settings.error, 'Restore cell.json from the copy of the keys.'),
    ...permissions(folder),
    ...(settings.ok && settings.value !== null ? await comparison(folder, settings.value, running, options) : []),
    ...(settings.ok && settings.value !== null ? await lineChecks(folder, settings.value, running !== null) : []),
    readingCheck(),
    await portCheck(options.port ?? (settings.ok ? settings.value?.port : undefined) ?? 7373, running),
    browserCheck(),
  ]
}

/** What the embedded server would say of its files is not asked of a cell on a server of its own. */
function ownServer(running: CellStatus | null): Check {
  const says = 'On a PostgreSQL server of your own, not in this folder'
  return good('Database', running === null ? `${says}; start the cell to look at it.` : `${says}: ${running.database}.`)
}

function settingsCheck(folder: DataFolder, settings: Settings | null): Check {
  if (settings !== null) return good('Settings', `${folder.settings}: "${settings.name}", a ${settings.mode} cell.`)
  if (!existsSync(join(folder.database, 'database', 'cluster')))
    return good('Settings', 'No cell yet: the first start makes one.')
  return bad(
    'Settings',
    `There is a database in ${folder.root}, but no settings.`,
    'Restore cell.json and keys/ from the copy of the keys.',
  )
}

/** What can be told without the database: whether any agency's key is there at all. */
function keysPresent(folder: DataFolder): Check[] {
  const keys = existsSync(folder.keys) ? readdirSync(folder.keys) : []
  if (keys.some((name) => /^agency-[0-9a-f-]{36}(\.key)?$/.test(name))) return []
  return [
    bad(
      'Keys',
      `No agency's key is in ${folder.keys}: nothing sealed can be read, and the cell does not start.`,
      'Put back the copy of the keys (made by tandem backup --keys-to).',
    ),
  ]
}

/** The processes that parse what strangers sent: what this machine lets us take from them. */
function readingCheck(): Check {
  const name = 'Reading of files'
  const { noNetwork, boundedMemory } = readingConfinement()
  if (noNetwork && boundedMemory)
    return good(name, 'Foreign files are read in processes without network and with bounded memory.')
  const open = [
    ...(noNetwork ? [] : ['the network is not taken from them']),
    ...(boundedMemory ? [] : ['their memory is not bounded']),
  ]
  return warning(
    name,
    `Foreign files are read in processes of their own, but ${open.join(' and ')}.`,
    'Install util-linux (unshare, prlimit) and allow user namespaces.',
  )
}

/** Keys and settings that others can read are no secret. */
function permissions(folder: DataFolder): Check[] {
  const name = 'Permissions'
  if (!existsSync(folder.root)) return []
  const places = [
    folder.root,
    folder.settings,
    folder.keys,
    ...(existsSync(folder.keys)
      ? readdirSync(folder.keys, { recursive: true, encoding: 'utf8' }).map((file) => join(folder.keys, file))
      : []),
  ]
  const open = places.filter((path) => existsSync(path) && (statSync(path).mode & 0o077) !== 0)
  const [first] = open
  if (first !== undefined) {
    const others = open.length > 1 ? ` and ${open.length - 1} more` : ''
    return [bad(name, `${first}${others} can be entered or read by other users.`, `chmod -R go= ${folder.root}`)]
  }
  const owner = statSync(folder.root).uid
  const self = process.getuid?.()
  if (self !== undefined && self !== 0 && owner !== self) {
    return [bad(name, `${folder.root} belongs to uid ${owner}, not to you.`, 'Run as that user.')]
  }
  return [good(name, 'Data folder, settings and keys are for this user alone.')]
}

async function comparison(
  folder: DataFolder,
  settings: Settings,
  running: CellStatus | null,
  options: DoctorOptions,
): Promise<Check[]> {
  const name = 'Settings and database'
  if (running !== null) {
    const fits = running.cell === settings.cell && running.mode === settings.mode
    return [
      fits
        ? good(name, 'Both tell the same cell.')
        : bad(
            name,
            'The running cell is another one than these settings tell.',
            'Stop it, and restore the settings that belong to it.',
          ),
      keysCheck(folder, running.agencies),
    ]
  }
  if (options.open !== true) {
    const remedy = 'Start the cell, or let the doctor start its database: tandem doctor --open'
    return [
      ...keysPresent(folder),
      warning(name, 'Not compared, and the keys not counted: the cell does not run.', remedy),
    ]
  }
  const opened = await openCell({
    folder,
    birth: null,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
  })
  if (!opened.ok) return [bad(name, opened.error, 'Put right what it says, or restore from a backup.')]
  try {
    const agencies = await agenciesOf(opened.value.engine.connection, databaseOf(opened.value))
    return [
      good(name, 'Both tell the same cell.'),
      keysCheck(
        folder,
        agencies.map(({ id, shortName, kind }) => ({ id, name: shortName, kind })),
      ),
    ]
  } finally {
    await opened.value.close()
  }
}

function keysCheck(folder: DataFolder, agencies: readonly { id: string; name: string; kind: string }[]): Check {
  const keyed = agencies.map(({ id, name, kind }) => ({ id, shortName: name, kind })).filter(keepsRecords)
  const missing = withoutKeys(folder, keyed)
  if (missing.length === 0) return good('Keys', `The keys of all ${keyed.length} agencies with records are present.`)
  const names = missing.join(', ')
  return bad('Keys', `No key of ${names}: what it sealed cannot be read.`, 'Restore keys/ from the copy of the keys.')
}

async function portCheck(port: number, running: CellStatus | null): Promise<Check> {
  const name = `Port ${port}`
  if (running !== null && new URL(running.url).port === String(port)) return good(name, 'Used by this cell.')
  if (await isFree(port)) return good(name, 'Free.')
  return warning(name, 'Taken by another program.', `Start with another one: tandem start --port ${port + 1}`)
}

/** Only the tests need one of their own; officers bring theirs. */
function browserCheck(): Check {
  const name = 'Browser for tests'
  const found = ['chromium', 'chromium-browser', 'google-chrome'].find((each) => isProgram(each))
  if (found !== undefined) return good(name, `${found} is installed.`)
  try {
    createRequire(import.meta.url).resolve('@sparticuz/chromium')
    return good(name, 'None installed; the one from npm is there.')
  } catch {
    return warning(name, 'None found.', 'Only the tests need it: npm ci, or apt install chromium.')
  }
}

const isProgram = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return folder !== ''
    } catch {
      return false
    }
  })
