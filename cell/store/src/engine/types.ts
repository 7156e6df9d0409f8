import type { ConnectionOptions } from 'node:tls'
import { err, type Result } from '@tandem/core'

/** What the cell needs of a database, wherever it runs. Knows nothing of tables. */
export interface DatabaseEngine {
  readonly kind: 'embedded' | 'server'
  readonly version: PostgresVersion
  /** For node-postgres: `new pg.Pool({ ...engine.connection, user, password })`. Stays the same over `restart()`. */
  readonly connection: ConnectionSettings
  /** Where the cluster's files are; null for a server that is not ours. */
  readonly dataDirectory: string | null
  /** Null while nothing of ours runs. */
  readonly postmasterPid: number | null
  /** Called when the postmaster ends without `stop()`. Returns the way to unsubscribe. */
  onExit(listener: (exit: EngineExit) => void): () => void
  /** After an exit: starts the same cluster again, still under the same hold on the data folder. */
  restart(): Promise<Result<void, EngineFailure>>
  /** Fast shutdown, then lets go of the data folder. `clean: false` means the next start will recover from the WAL. */
  stop(): Promise<Result<{ readonly clean: boolean }, EngineFailure>>
}

export interface ConnectionSettings {
  /** A folder (unix socket) or a host name. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** As node-postgres takes it; absent on a unix socket. */
  readonly ssl?: boolean | ConnectionOptions
}

export interface PostgresVersion {
  /** As the server states it, `18.4`. */
  readonly text: string
  /** `server_version_num`, 180004. */
  readonly number: number
  readonly major: number
  readonly minor: number
}

export interface EngineExit {
  readonly code: number | null
  readonly signal: string | null
  readonly says: string
}

export interface EngineFailure {
  readonly code: EngineFailureCode
  /** What is wrong and what to do, in one line, without passwords. */
  readonly says: string
}

export const engineFailureCodes = [
  'platform-unsupported',
  'binaries-missing',
  'binaries-broken',
  'no-unprivileged-identity',
  'folder-in-use',
  'folder-unusable',
  'folder-from-other-version',
  'password-missing',
  'initdb-failed',
  'leftover-running',
  'start-failed',
  'start-timeout',
  'stop-failed',
  'engine-stopped',
  'url-invalid',
  'server-unreachable',
  'server-refused-login',
  'server-too-old',
  'server-known-bad',
  'server-role-too-weak',
  'server-not-durable',
  'server-wrong-encoding',
  'server-read-only',
  'not-embedded',
  'backup-target-unusable',
  'backup-failed',
  'backup-incomplete',
  'backup-damaged',
  'restore-failed',
] as const

export type EngineFailureCode = (typeof engineFailureCodes)[number]

export const fail = (code: EngineFailureCode, says: string): Result<never, EngineFailure> => err({ code, says })

/** The words of anything thrown. */
export const wordsOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** `ENOENT`, `28P01`, ...: the code that Node or PostgreSQL put on an error. */
export function codeOf(thrown: unknown): string | null {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return null
  return typeof thrown.code === 'string' ? thrown.code : null
}
