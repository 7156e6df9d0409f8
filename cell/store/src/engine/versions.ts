import { ok, type Result } from '@tandem/core'
import { type EngineFailure, fail, type PostgresVersion } from './types.ts'

const oldestMajor = 15

/** Minors before the May 2026 set carry eleven published vulnerabilities. */
const firstGoodMinor: { readonly [major: number]: number } = { 15: 18, 16: 14, 17: 10, 18: 4 }

/** `server_version_num`: major * 10000 + minor, since PostgreSQL 10. */
export function versionFromNumber(number: number): PostgresVersion {
  const major = Math.floor(number / 10_000)
  const minor = number % 10_000
  return { text: `${major}.${minor}`, number, major, minor }
}

/** Reads the line of `postgres --version`: `postgres (PostgreSQL) 18.4`. */
export function versionFromLine(line: string): PostgresVersion | null {
  const match = /\(PostgreSQL\) (\d+)\.(\d+)/.exec(line)
  return match === null ? null : versionFromNumber(Number(match[1]) * 10_000 + Number(match[2]))
}

export function judgeVersion(version: PostgresVersion): Result<PostgresVersion, EngineFailure> {
  if (version.major < oldestMajor) {
    return fail(
      'server-too-old',
      `PostgreSQL ${version.text} is too old: use ${oldestMajor}.${firstGoodMinor[oldestMajor]} or later, or leave the database URL out to use the one that comes with Tandem.`,
    )
  }
  const good = firstGoodMinor[version.major]
  if (good !== undefined && version.minor < good) {
    return fail(
      'server-known-bad',
      `PostgreSQL ${version.text} has published security holes: install the minor update ${version.major}.${good} or later (data stay as they are) and start again.`,
    )
  }
  return ok(version)
}
