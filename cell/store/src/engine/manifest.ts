import { readFileSync } from 'node:fs'
import { isAbsolute, join, normalize } from 'node:path'
import { ok, type Result } from '@tandem/core'
import { codeOf, type EngineFailure, fail } from './types.ts'

export const manifestName = 'manifest.json'
export const manifestFormat = 'tandem-physical-backup/1'

export interface BackupFile {
  /** Relative to the backup's `cluster` folder, with `/`. */
  readonly path: string
  readonly size: number
  readonly sha256: string
}

export interface BackupManifest {
  readonly format: typeof manifestFormat
  readonly label: string
  readonly postgresVersion: string
  readonly systemIdentifier: string
  readonly startLsn: string
  readonly stopLsn: string
  /** From the database's clock, RFC 3339. */
  readonly startedAt: string
  readonly endedAt: string
  /** Write-ahead log from start to stop, all of it among `files`. */
  readonly walSegments: readonly string[]
  readonly folders: readonly string[]
  readonly files: readonly BackupFile[]
}

/** Reads and checks the form. Whoever signs or stores a backup's digest takes SHA-256 over the manifest file's bytes. */
export function readManifest(backupFolder: string): Result<BackupManifest, EngineFailure> {
  const path = join(backupFolder, manifestName)
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isManifest(parsed)) return ok(parsed)
    return fail(
      'backup-damaged',
      `${path} is not a manifest of form ${manifestFormat}: use a backup made by this Tandem or an earlier one.`,
    )
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') {
      return fail(
        'backup-incomplete',
        `${backupFolder} holds no ${manifestName}: the backup did not finish, or this is not a backup. Use another one.`,
      )
    }
    return fail('backup-damaged', `${path} cannot be read as JSON: use another backup.`)
  }
}

function isManifest(value: unknown): value is BackupManifest {
  if (!isObject(value)) return false
  const texts = ['label', 'postgresVersion', 'systemIdentifier', 'startLsn', 'stopLsn', 'startedAt', 'endedAt']
  return (
    value.format === manifestFormat &&
    texts.every((name) => typeof value[name] === 'string') &&
    isListOf(value.walSegments, isSafePath) &&
    isListOf(value.folders, isSafePath) &&
    isListOf(value.files, isFile)
  )
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isListOf = (value: unknown, one: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(one)

const isFile = (value: unknown): boolean =>
  isObject(value) &&
  isSafePath(value.path) &&
  Number.isSafeInteger(value.size) &&
  typeof value.sha256 === 'string' &&
  /^[0-9a-f]{64}$/.test(value.sha256)

/** A manifest may come from elsewhere: no path leads out of the cluster folder. */
const isSafePath = (value: unknown): boolean =>
  typeof value === 'string' &&
  value !== '' &&
  !isAbsolute(value) &&
  normalize(value) === value &&
  !value.split('/').includes('..')
