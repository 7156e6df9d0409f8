import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import { backup, type DatabaseEngine, makeFolder, openEngine, restore } from '@tandem/store/engine'
import { type Recipient, readRecipient } from '@tandem/vault'
import { exportTables } from './backup-export.ts'
import { backupRecipient, SEALED_BACKUP, sealFolder } from './backup-sealing.ts'
import { digestOfSmall, signingKey, writeSigned } from './backup-signature.ts'
import type { BackupStep, TableDigest } from './control-messages.ts'
import { agenciesOf, DATABASE, withAdmin } from './database.ts'
import { filesUnder } from './files-under.ts'
import { type DataFolder, dataFolder } from './folders.ts'
import { noteCopy } from './keys/copies.ts'
import { destroyFile, privateFolder, replaceDestroying, writePrivate } from './private-file.ts'
import { readSettings, type Settings } from './settings.ts'
import { VERSION } from './version.ts'

export interface BackupOptions {
  readonly engine: DatabaseEngine
  readonly database: string
  readonly settings: Settings
  readonly folder: DataFolder
  /** Empty or not there yet, outside the data folder. */
  readonly to: string
  /** Who can open it beside whoever has the cell's own keys. */
  readonly recipients: readonly Recipient[]
}

/**
 * Encrypted for whoever keeps the identity: nothing of a backup lies in clear outside the data folder, not for a moment.
 * What is copied is sealed besides, under keys that are in no backup.
 */
export async function* backupCell(options: BackupOptions): AsyncGenerator<BackupStep> {
  const { folder } = options
  const target = prepareTarget(options.to, folder)
  if (!target.ok) return yield { step: 'failed', says: target.error }
  const to = target.value
  for (const name of readdirSync(folder.root)) {
    if (name.startsWith('backup-draft-')) rmSync(join(folder.root, name), { recursive: true, force: true })
  }
  const draft = mkdtempSync(join(folder.root, 'backup-draft-'))
  try {
    for await (const step of plainBackup({ ...options, to: draft })) {
      if (step.step !== 'done') {
        yield step
        continue
      }
      yield { step: 'progress', what: 'encrypting' }
      const recipients = [await backupRecipient(folder.keys), ...options.recipients]
      const sealedBytes = await sealFolder(draft, join(to, SEALED_BACKUP), recipients)
      yield { step: 'done', report: { ...step.report, folder: to, sealedBytes, recipients: recipients.length } }
    }
  } catch (error) {
    yield { step: 'failed', says: `The backup stopped: ${wordsOf(error)}. Empty ${to} and try again.` }
  } finally {
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Physical copy, trial restore, logical export of what the copy really holds, signature. Officers go on working: the
 * export comes from the restored copy, so its digests are those of the backup whatever happens meanwhile, and a copy
 * that does not start is found out today and not on the day it is needed. No key is in it.
 */
async function* plainBackup(options: Omit<BackupOptions, 'recipients'>): AsyncGenerator<BackupStep> {
  const { engine, database, settings, folder } = options
  const { to } = options
  try {
    const logical = join(to, 'logical')
    privateFolder(logical)
    const agencies = (await agenciesOf(engine.connection, database)).map(({ id, shortName, kind }) => ({
      id,
      name: shortName,
      kind,
    }))
    let files = 0
    let bytes = 0
    let physical: string | null = null
    let tables: TableDigest[]
    if (engine.dataDirectory === null) {
      yield { step: 'progress', what: 'exporting every table' }
      tables = await withAdmin(engine.connection, database, (admin) => exportTables(admin, logical))
    } else {
      yield { step: 'progress', what: 'copying the database' }
      const copied = await backup(engine, { target: join(to, 'physical'), label: `${settings.name} ${settings.cell}` })
      if (!copied.ok) return yield { step: 'failed', says: copied.error.says }
      files = copied.value.files.length
      bytes = copied.value.files.reduce((sum, file) => sum + file.size, 0)
      physical = digestOfSmall(join(to, 'physical', 'manifest.json'))
      yield { step: 'progress', what: 'restoring the copy once, to see that it works, and exporting every table of it' }
      const exported = await exportFromTrial(folder, join(to, 'physical'), logical)
      if (!exported.ok) return yield { step: 'failed', says: exported.error }
      tables = exported.value
    }
    const { cell: id, name, mode } = settings
    writeSigned(
      to,
      {
        format: 'tandem-backup/1',
        cell: { id, name, mode },
        agencies,
        tandem: VERSION,
        madeAt: new Date().toISOString(),
        physical,
        tables,
      },
      signingKey(folder.keys),
    )
    yield {
      step: 'done',
      report: { folder: to, physical: physical !== null, files, bytes, tables, sealedBytes: 0, recipients: 0 },
    }
  } catch (error) {
    yield { step: 'failed', says: `The backup stopped: ${wordsOf(error)}. Empty the target and try again.` }
  }
}

/** Each must be hybrid: what is recorded today must not be opened by a machine of tomorrow. */
export function readRecipients(texts: readonly string[]): Result<Recipient[], string> {
  const recipients: Recipient[] = []
  for (const text of texts) {
    const read = readRecipient(text)
    if (!read.ok) return err(`${text.slice(0, 20)}…: ${read.error.says}`)
    recipients.push(read.value)
  }
  return ok(recipients)
}

function prepareTarget(to: string, folder: DataFolder): Result<string, string> {
  const path = resolve(to)
  try {
    makeFolder(path)
    if (readdirSync(path).length > 0) return err(`The folder ${path} is not empty: name a new one.`)
    if (!relative(realpathSync(folder.root), realpathSync(path)).startsWith('..')) {
      return err(`The folder ${path} lies inside the cell's own: name one elsewhere, best on another disk.`)
    }
    return ok(path)
  } catch (error) {
    return err(`The folder ${path} cannot be used (${wordsOf(error)}): name another one.`)
  }
}

/** In the data folder, whose disk is known to carry a database; the target may be a plain archive. */
async function exportFromTrial(
  folder: DataFolder,
  physical: string,
  logical: string,
): Promise<Result<TableDigest[], string>> {
  for (const name of readdirSync(folder.root)) {
    if (name.startsWith('backup-trial-')) rmSync(join(folder.root, name), { recursive: true, force: true })
  }
  const trial = mkdtempSync(join(folder.root, 'backup-trial-'))
  try {
    const restored = await restore({ backupFolder: physical, dataFolder: trial })
    if (!restored.ok) return err(restored.error.says)
    return await exportFrom(trial, logical)
  } finally {
    rmSync(trial, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Starts the database in a folder, makes the digests (and the files), stops it. */
export async function exportFrom(
  databaseFolder: string,
  logical: string | null,
): Promise<Result<TableDigest[], string>> {
  const opened = await openEngine({ dataFolder: databaseFolder })
  if (!opened.ok) return err(opened.error.says)
  try {
    return ok(await withAdmin(opened.value.connection, DATABASE, (admin) => exportTables(admin, logical)))
  } finally {
    await opened.value.stop()
  }
}

/** Keys and settings (which may hold a client secret), for another place than the backup. */
export function copyKeys(folder: DataFolder, to: string, besides: string | null): Result<readonly string[], string> {
  const path = resolve(to)
  if (besides !== null && isWithin(path, resolve(besides))) {
    return err('The keys must not lie with the backup that they open: name another place, best another safe.')
  }
  if (!existsSync(folder.settings)) return err(`There is no cell in ${folder.root}.`)
  try {
    makeFolder(path)
    const settings = readSettings(folder)
    const there = readSettings(dataFolder(path, 'live'))
    const isOwnCopy = settings.ok && there.ok && there.value !== null && there.value.cell === settings.value?.cell
    if (readdirSync(path).length > 0 && !isOwnCopy)
      return err(`The folder ${path} is not empty: name a new one, or the last copy of this cell's keys to renew it.`)
    signingKey(folder.keys)
    noteCopy(folder, path, new Date().toISOString())
    const names = filesUnder(folder.keys).filter((name) => !name.endsWith('.half'))
    for (const name of names) replaceDestroying(join(path, 'keys', name), readFileSync(join(folder.keys, name)))
    // A renewed copy holds nothing that was destroyed here meanwhile.
    for (const name of filesUnder(join(path, 'keys'))) if (!names.includes(name)) destroyFile(join(path, 'keys', name))
    writePrivate(join(path, 'cell.json'), readFileSync(folder.settings))
    return ok(names)
  } catch (error) {
    return err(`The keys could not be copied to ${path} (${wordsOf(error)}).`)
  }
}

const isWithin = (path: string, folder: string): boolean =>
  !relative(folder, path).startsWith('..') || !relative(path, folder).startsWith('..')

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
