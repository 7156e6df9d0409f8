import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { ok, type Result } from '@tandem/core'
import type pg from 'pg'
import { clusterFile, isLeftOut, segmentsBetween } from './backup-rules.ts'
import { oneRow, withClient } from './connect.ts'
import { copyWithDigest, syncFiles } from './copy-file.ts'
import { syncFolder, writeDurably } from './durable-file.ts'
import { makeFolder } from './make-folder.ts'
import { type BackupFile, type BackupManifest, manifestFormat, manifestName } from './manifest.ts'
import { codeOf, type DatabaseEngine, type EngineFailure, fail, wordsOf } from './types.ts'

export { type BackupManifest, readManifest } from './manifest.ts'

export interface BackupOptions {
  /** Empty or not there yet, outside the data folder. */
  readonly target: string
  /** Written into backup_label and the manifest. */
  readonly label: string
  readonly onProgress?: (copiedFiles: number, copiedBytes: number) => void
}

/**
 * A copy of the running cluster, made as the PostgreSQL manual says under "Making a base backup using the low level
 * API": no tool, no pause for anybody. It holds everything acknowledged before the call of pg_backup_stop. The
 * superuser's password is not in it; the vault's keys are backed up apart.
 */
export async function backup(
  engine: DatabaseEngine,
  options: BackupOptions,
): Promise<Result<BackupManifest, EngineFailure>> {
  const source = engine.dataDirectory
  if (source === null) {
    return fail(
      'not-embedded',
      'The files of a server of your own are out of reach: back it up with its own tools (pg_basebackup), or make a logical export.',
    )
  }
  const target = prepareTarget(options.target, source)
  if (!target.ok) return target
  try {
    return await withClient(engine.connection, (client) => backupThrough(client, source, target.value, options))
  } catch (thrown) {
    const remedy = codeOf(thrown) === 'ENOSPC' ? 'Make room' : 'Look at the disk and the database'
    return fail(
      'backup-failed',
      `The backup stopped: ${wordsOf(thrown)}. ${remedy}, empty ${options.target} and try again.`,
    )
  }
}

function prepareTarget(target: string, source: string): Result<string, EngineFailure> {
  const path = resolve(target)
  try {
    makeFolder(path)
    if (readdirSync(path).length > 0)
      return fail('backup-target-unusable', `The folder ${target} is not empty: name a new one.`)
    const inside = relative(realpathSync(source), realpathSync(path))
    if (!inside.startsWith('..'))
      return fail(
        'backup-target-unusable',
        `The folder ${target} lies inside the database: name one elsewhere, best on another disk.`,
      )
    mkdirSync(join(path, 'cluster'), { mode: 0o700 })
    return ok(path)
  } catch (thrown) {
    return fail('backup-target-unusable', `The folder ${target} cannot be used (${wordsOf(thrown)}): name another one.`)
  }
}

async function backupThrough(
  client: pg.Client,
  source: string,
  target: string,
  options: BackupOptions,
): Promise<Result<BackupManifest, EngineFailure>> {
  const [tablespaces, segmentBytes = ''] = await oneRow(
    client,
    "SELECT (SELECT count(*) FROM pg_tablespace) - 2, (SELECT setting FROM pg_settings WHERE name = 'wal_segment_size')",
  )
  if (tablespaces !== '0')
    return fail('backup-failed', 'The database has tablespaces outside its folder: move their tables back first.')
  // Held by this session alone: the server keeps all WAL from here on, and lets go if we die.
  await client.query("SELECT pg_create_physical_replication_slot('tandem_backup_' || pg_backend_pid(), true, true)")
  const [systemIdentifier = '', startedAt = ''] = await oneRow(
    client,
    `SELECT system_identifier, ${rfc3339} FROM pg_control_system()`,
  )
  const [startLsn = ''] = await oneRow(client, 'SELECT pg_backup_start($1, true)', [options.label])
  const copied = await copyCluster(source, join(target, 'cluster'), options.onProgress)
  // pg_backup_stop also switches to a new segment, so that the last one needed is whole.
  const [stopLsn = '', label = '', spaceMap = '', lastSegment = '', endedAt = ''] = await oneRow(
    client,
    `SELECT stop.lsn, stop.labelfile, stop.spcmapfile, pg_walfile_name(stop.lsn), ${rfc3339} FROM pg_backup_stop(false) AS stop`,
  )
  if (spaceMap.trim() !== '') return fail('backup-failed', 'A tablespace appeared during the backup: try again.')
  const needed = segmentsBetween(startSegment(label), lastSegment, Number(segmentBytes))
  const files = [...copied.files, writeLabel(target, label)]
  for (const segment of needed) {
    const path = `pg_wal/${segment}`
    const from = join(source, path)
    if (!existsSync(from))
      return fail('backup-failed', `The write-ahead log ${segment} is gone before it was copied: try again.`)
    const entry = { path, ...(await copyWithDigest(from, join(target, 'cluster', path))) }
    if (entry.size !== Number(segmentBytes))
      return fail('backup-failed', `The write-ahead log ${segment} is cut short: try again.`)
    files.push(entry)
  }
  await syncFiles(files.map(({ path }) => join(target, 'cluster', path)))
  for (const folder of ['.', ...copied.folders]) syncFolder(join(target, 'cluster', folder))
  const [version = ''] = await oneRow(client, "SELECT current_setting('server_version')")
  const manifest: BackupManifest = {
    format: manifestFormat,
    label: options.label,
    postgresVersion: version,
    systemIdentifier,
    startLsn,
    stopLsn,
    startedAt,
    endedAt,
    walSegments: needed,
    folders: copied.folders,
    files,
  }
  // Last: a backup without manifest is no backup.
  writeDurably(join(target, manifestName), `${JSON.stringify(manifest, null, 1)}\n`)
  return ok(manifest)
}

const rfc3339 = `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

function startSegment(label: string): string {
  const segment = /^START WAL LOCATION: .* \(file ([0-9A-F]{24})\)/m.exec(label)?.[1]
  if (segment === undefined) throw new Error('the backup label names no log segment')
  return segment
}

function writeLabel(target: string, label: string): BackupFile {
  const path = join(target, 'cluster', 'backup_label')
  // To the byte as the server gave it: the manual forbids any change.
  writeFileSync(path, label, { mode: 0o600 })
  return { path: 'backup_label', ...clusterFile(readFileSync(path)) }
}

async function copyCluster(
  source: string,
  target: string,
  onProgress: BackupOptions['onProgress'],
): Promise<{ folders: string[]; files: BackupFile[] }> {
  const folders: string[] = []
  const files: BackupFile[] = []
  let bytes = 0
  const copyFolder = async (folder: string): Promise<void> => {
    const entries = readFolder(join(source, folder))
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (isLeftOut(path, entry.isDirectory())) continue
      if (entry.isDirectory()) {
        folders.push(path)
        mkdirSync(join(target, path), { mode: 0o700 })
        await copyFolder(path)
      } else if (entry.isFile()) {
        const file = await copyUnlessGone(join(source, path), join(target, path))
        if (file === null) continue
        files.push({ path, ...file })
        bytes += file.size
        onProgress?.(files.length, bytes)
      } else throw new Error(`${join(source, path).split(sep).join('/')} is neither file nor folder`)
    }
  }
  await copyFolder('')
  // Last, as it names the newest checkpoint; two readings that agree cannot be torn.
  const control = await readSteady(join(source, 'global', 'pg_control'))
  writeFileSync(join(target, 'global', 'pg_control'), control, { mode: 0o600 })
  files.push({ path: 'global/pg_control', ...clusterFile(control) })
  return { folders, files }
}

/** Tables may be dropped while we walk; the WAL knows. */
function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return []
    throw thrown
  }
}

async function copyUnlessGone(source: string, target: string) {
  try {
    return await copyWithDigest(source, target)
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' && !existsSync(source)) return null
    throw thrown
  }
}

async function readSteady(path: string): Promise<Buffer> {
  let last = readFileSync(path)
  for (let attempt = 0; attempt < 100; attempt++) {
    const next = readFileSync(path)
    if (next.equals(last)) return next
    last = next
  }
  throw new Error(`${path} changes all the time`)
}
