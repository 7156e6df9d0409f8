import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ok, type Result } from '@tandem/core'
import { clusterMajor, setNewPassword } from './cluster.ts'
import { copyWithDigest, syncFiles } from './copy-file.ts'
import { syncFolder } from './durable-file.ts'
import { prepare } from './embedded.ts'
import { type Layout, prepareFolder } from './folder.ts'
import { holdFolder } from './folder-lock.ts'
import type { IdentityOptions } from './identity.ts'
import { type BackupManifest, readManifest } from './manifest.ts'
import { type EngineFailure, fail, wordsOf } from './types.ts'

export interface RestoreOptions extends IdentityOptions {
  readonly backupFolder: string
  /** Must hold no database yet. */
  readonly dataFolder: string
  readonly nativeFolder?: string
}

/**
 * Puts a backup into an empty data folder: each file against its digest, then recovery to the consistent state of
 * pg_backup_stop under a new superuser password. When it returns well, `openEngine` starts it.
 */
export async function restore(options: RestoreOptions): Promise<Result<BackupManifest, EngineFailure>> {
  const manifest = readManifest(options.backupFolder)
  if (!manifest.ok) return manifest
  const folder = prepareFolder(options.dataFolder)
  if (!folder.ok) return folder
  const layout = folder.value
  const lock = holdFolder(layout.dataFolder)
  if (!lock.ok) return lock
  try {
    if (existsSync(layout.cluster)) {
      return fail(
        'folder-unusable',
        `The folder ${options.dataFolder} already holds a database: restore into an empty one.`,
      )
    }
    return await restoreHeld(manifest.value, layout, options)
  } catch (thrown) {
    return fail('restore-failed', `The restore stopped: ${wordsOf(thrown)}. Check the disk and try again.`)
  } finally {
    rmSync(layout.draft, { recursive: true, force: true })
    lock.value.release()
  }
}

async function restoreHeld(
  manifest: BackupManifest,
  layout: Layout,
  options: RestoreOptions,
): Promise<Result<BackupManifest, EngineFailure>> {
  const prepared = await prepare(layout, options)
  if (!prepared.ok) return prepared
  const { binaries, identity, version } = prepared.value
  const source = join(options.backupFolder, 'cluster')
  const copied = await copyVerified(manifest, source, layout.draft)
  if (!copied.ok) return copied
  const major = clusterMajor(layout.draft)
  if (major !== version.major) {
    return fail(
      'folder-from-other-version',
      `The backup was made by PostgreSQL ${major}, this Tandem brings ${version.major}: restore it with the Tandem that made it.`,
    )
  }
  const recovered = await setNewPassword(layout, layout.draft, binaries, identity)
  if (!recovered.ok) {
    return fail(
      'restore-failed',
      `The files are whole, but the database does not recover from them: ${recovered.error.says}`,
    )
  }
  renameSync(layout.draft, layout.cluster)
  syncFolder(dirname(layout.cluster))
  return ok(manifest)
}

async function copyVerified(
  manifest: BackupManifest,
  source: string,
  target: string,
): Promise<Result<void, EngineFailure>> {
  const damaged = (what: string) => fail('backup-damaged', `${what}. Nothing was restored: use another backup.`)
  const listed = new Set(manifest.files.map(({ path }) => path))
  const missing = manifest.walSegments.find((segment) => !listed.has(`pg_wal/${segment}`))
  if (missing !== undefined) return damaged(`The write-ahead log ${missing} is not among the files of the backup`)
  const stray = strangers(source, listed)
  if (stray !== undefined) return damaged(`The file ${stray} is in the backup but not in its manifest`)
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { mode: 0o700 })
  for (const folder of manifest.folders) mkdirSync(join(target, folder), { recursive: true, mode: 0o700 })
  for (const { path, size, sha256 } of manifest.files) {
    if (!existsSync(join(source, path))) return damaged(`The file ${path} is missing`)
    const found = await copyWithDigest(join(source, path), join(target, path))
    if (found.size !== size || found.sha256 !== sha256) return damaged(`The file ${path} differs from its digest`)
  }
  await syncFiles(manifest.files.map(({ path }) => join(target, path)))
  for (const folder of ['.', ...manifest.folders]) syncFolder(join(target, folder))
  return ok(undefined)
}

/** One file too many (a recovery setting, say) would change what the server does. */
function strangers(source: string, listed: ReadonlySet<string>): string | undefined {
  return readdirSync(source, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1))
    .find((path) => !listed.has(path))
}
