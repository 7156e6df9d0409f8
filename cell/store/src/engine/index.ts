import type { Result } from '@tandem/core'
import { type EmbeddedOptions, startEmbedded } from './embedded.ts'
import { connectServer } from './server.ts'
import type { DatabaseEngine, EngineFailure } from './types.ts'

export { type BackupManifest, type BackupOptions, backup, readManifest } from './backup.ts'
export { type Check, diagnose, freeSpace } from './diagnosis.ts'
export type { IdentityOptions } from './identity.ts'
export { fileReason, makeFolder, makePrivateFolder } from './make-folder.ts'
export { type RestoreOptions, restore } from './restore.ts'
export type {
  ConnectionSettings,
  DatabaseEngine,
  EngineExit,
  EngineFailure,
  EngineFailureCode,
  PostgresVersion,
} from './types.ts'

export interface EngineOptions extends EmbeddedOptions {
  /** A server of your own (PostgreSQL 15 or later) instead of the one that comes with Tandem. */
  readonly databaseUrl?: string
}

/** The only way to a database: the embedded one in the data folder, or the server that the URL names. */
export function openEngine(options: EngineOptions): Promise<Result<DatabaseEngine, EngineFailure>> {
  const { databaseUrl } = options
  return databaseUrl === undefined ? startEmbedded(options) : connectServer({ databaseUrl })
}
