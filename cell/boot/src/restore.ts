import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import { makeFolder, restore } from '@tandem/store/engine'
import { exportFrom, wordsOf } from './backup.ts'
import { fileOf } from './backup-export.ts'
import { identitiesIn, openSealed, ownIdentity, SEALED_BACKUP } from './backup-sealing.ts'
import { digestOfFile, digestOfSmall, readSigned, type SignedBackup } from './backup-signature.ts'
import type { TableDigest } from './control-messages.ts'
import { filesUnder } from './files-under.ts'
import { type DataFolder, dataFolder } from './folders.ts'
import { withoutKeys } from './keys/cell-keys.ts'
import { privateFolder, writePrivate } from './private-file.ts'
import { readSettings } from './settings.ts'

export interface RestoreOptions {
  readonly from: string
  /** What `backup --keys-to` made: `cell.json` and `keys/`. */
  readonly keys: string
  /** An age identity file; else the one among the keys. */
  readonly identity?: string
  /** Empty or not there yet. */
  readonly data: string
  readonly progress?: (what: string) => void
}

export interface RestoreReport {
  readonly dataFolder: string
  readonly name: string
  readonly mode: 'training' | 'live'
  readonly madeAt: string
  /** As found in the restored database; the same as in the backup, or there is no report. */
  readonly tables: readonly TableDigest[]
}

/** Decrypted beside the new data folder, then as ever: nothing of it stays in clear but the restored cell. */
export async function restoreCell(options: RestoreOptions): Promise<Result<RestoreReport, string>> {
  const sealed = join(options.from, SEALED_BACKUP)
  // A backup of an older Tandem lies there file by file.
  if (!existsSync(sealed)) return restorePlain(options)
  const file = options.identity ?? ownIdentity(dataFolder(options.keys, 'live').keys)
  if (file === null) return err(`No backup-identity.txt is in ${options.keys}: name the identity with --identity FILE.`)
  const identities = identitiesIn(file)
  if (!identities.ok) return identities
  options.progress?.('decrypting')
  const parent = dirname(resolve(options.data))
  makeFolder(parent)
  const draft = mkdtempSync(join(parent, 'restore-draft-'))
  try {
    const opened = await openSealed(sealed, identities.value, join(draft, 'backup'))
    return opened.ok ? await restorePlain({ ...options, from: join(draft, 'backup') }) : opened
  } finally {
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Signature, every digest, recovery, then the tables of the running copy against those of the backup. */
async function restorePlain(options: RestoreOptions): Promise<Result<RestoreReport, string>> {
  const { from } = options
  const progress = options.progress ?? (() => {})
  const given = dataFolder(options.keys, 'live')
  const signed = readSigned(from, given.keys)
  if (!signed.ok) return signed
  const backup = signed.value
  const fit = keysFit(given, backup)
  if (!fit.ok) return fit
  if (backup.physical === null) {
    return err(
      'This backup holds the logical export alone: the database was a server of your own. Restore that server with its own tools; the digests tell whether it is the same.',
    )
  }
  progress('checking every file against its digest')
  const whole = await isWhole(from, backup)
  if (!whole.ok) return whole
  const folder = dataFolder(options.data, 'live')
  const emptied = emptyFolder(folder)
  if (!emptied.ok) return emptied
  const done = await fill(folder, given, from, backup, progress).catch((error: unknown) =>
    err(`The restore stopped: ${wordsOf(error)}.`),
  )
  // Half a cell must not be taken for a whole one.
  if (!done.ok)
    for (const name of readdirSync(folder.root)) rmSync(join(folder.root, name), { recursive: true, force: true })
  return done
}

function keysFit(keys: DataFolder, backup: SignedBackup): Result<void, string> {
  const settings = readSettings(keys)
  if (!settings.ok) return settings
  if (settings.value === null)
    return err(`${keys.root} holds no cell.json: name the folder that "backup --keys-to" made.`)
  if (settings.value.cell !== backup.cell.id || settings.value.mode !== backup.cell.mode) {
    return err('The keys belong to another cell than the backup.')
  }
  // A backup from before says of no agency whether it keeps records: those with a key are enough to begin with.
  const keyed = backup.agencies.map(({ id, name, kind }) => ({ id, shortName: name, kind: kind ?? 'agency' }))
  const missing = withoutKeys(keys, keyed)
  const [first] = missing
  if (first === undefined) return ok(undefined)
  return err(`The keys of ${missing.join(', ')} are not in ${keys.keys}: what it sealed could never be read again.`)
}

async function isWhole(from: string, backup: SignedBackup): Promise<Result<void, string>> {
  const damaged = (what: string) => err(`${what}. Nothing was restored: use another backup.`)
  const manifest = join(from, 'physical', 'manifest.json')
  if (!existsSync(manifest)) return damaged('The physical copy has no manifest')
  if (digestOfSmall(manifest) !== backup.physical)
    return damaged('The manifest of the physical copy differs from its digest')
  for (const { table, sha256 } of backup.tables) {
    const file = join(from, 'logical', fileOf(table))
    if (!existsSync(file)) return damaged(`The export of ${table} is missing`)
    if ((await digestOfFile(file)) !== sha256) return damaged(`The export of ${table} differs from its digest`)
  }
  return ok(undefined)
}

function emptyFolder(folder: DataFolder): Result<void, string> {
  try {
    makeFolder(folder.root)
    if (readdirSync(folder.root).length > 0)
      return err(`The folder ${folder.root} is not empty: restore into a new one.`)
    privateFolder(folder.root)
    return ok(undefined)
  } catch (error) {
    return err(`The folder ${folder.root} cannot be used (${wordsOf(error)}): name another one.`)
  }
}

async function fill(
  folder: DataFolder,
  keys: DataFolder,
  from: string,
  backup: SignedBackup,
  progress: (what: string) => void,
): Promise<Result<RestoreReport, string>> {
  progress('restoring the database')
  const restored = await restore({ backupFolder: join(from, 'physical'), dataFolder: folder.database })
  if (!restored.ok) return err(restored.error.says)
  progress('comparing every table')
  const found = await exportFrom(folder.database, null)
  if (!found.ok) return found
  const other = differing(backup.tables, found.value)
  if (other.length > 0)
    return err(`The restored database differs from the backup in ${other.join(', ')}. Nothing was kept.`)
  for (const name of filesUnder(keys.keys)) writePrivate(join(folder.keys, name), readFileSync(join(keys.keys, name)))
  // The example operation has been played into the rows that came back; it is not played again.
  if (backup.cell.mode === 'training') writePrivate(join(folder.root, 'example-played'), backup.madeAt)
  // Last: without settings the folder is no cell.
  writePrivate(folder.settings, readFileSync(keys.settings))
  const { name, mode } = backup.cell
  return ok({ dataFolder: folder.root, name, mode, madeAt: backup.madeAt, tables: found.value })
}

export function differing(expected: readonly TableDigest[], found: readonly TableDigest[]): string[] {
  const names = new Set([...expected, ...found].map(({ table }) => table))
  const digest = (tables: readonly TableDigest[], name: string) => tables.find(({ table }) => table === name)?.sha256
  return [...names].filter((name) => digest(expected, name) !== digest(found, name))
}
