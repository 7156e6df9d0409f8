import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ok, type Result } from '@tandem/core'
import type { Binaries } from './binaries.ts'
import { syncFolder, writeDurably } from './durable-file.ts'
import type { Layout } from './folder.ts'
import { canReach, fileOwner, giveTree, identityForInitdb } from './identity.ts'
import { type Identity, runAs } from './run-as.ts'
import { accessRules, settingsFile } from './settings.ts'
import { codeOf, type EngineFailure, fail } from './types.ts'

export const superuser = 'postgres'

/**
 * `/proc/self/cwd` where the path leads through a private home: the process stands in the folder already,
 * and only the folders above it are closed.
 */
export const pathFor = (identity: Identity, folder: string): string =>
  canReach(identity, '-x', folder) ? folder : '/proc/self/cwd'

/** A new cluster, made beside its place and moved there when complete: a cut in the middle leaves nothing half. */
export async function createCluster(
  layout: Layout,
  binaries: Binaries,
  identity: Identity,
): Promise<Result<void, EngineFailure>> {
  const maker = identityForInitdb(identity)
  rmSync(layout.draft, { recursive: true, force: true })
  mkdirSync(layout.draft, { mode: 0o700 })
  giveTree(layout.draft, maker)
  const password = newPassword()
  const secret = secretFile(`${layout.password}.initdb`, password, maker)
  try {
    const initdb = [binaries.initdb, '-D', pathFor(maker, layout.draft), '-U', superuser, ...initdbOptions]
    const { code, output } = await runAs(maker, initdb, {
      libraryPath: binaries.libraryPath,
      cwd: layout.draft,
      secretFile: secret,
    })
    if (code !== 0) return fail('initdb-failed', `The database could not be created: ${reasonOf(output)}`)
  } finally {
    closeSync(secret)
  }
  writeFileSync(join(layout.draft, 'pg_hba.conf'), accessRules)
  appendFileSync(join(layout.draft, 'postgresql.conf'), `\ninclude_if_exists = '${settingsFile}'\n`)
  giveTree(layout.draft, identity)
  writeDurably(layout.password, `${password}\n`)
  renameSync(layout.draft, layout.cluster)
  syncFolder(dirname(layout.cluster))
  return ok(undefined)
}

/** The builtin provider needs no locale of the machine and no ICU: the same order everywhere, for ever. */
const initdbOptions = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--data-checksums',
  '--auth=scram-sha-256',
  '--pwfile=/proc/self/fd/3',
]

const newPassword = (): string => randomBytes(24).toString('base64url')

/** An open file without a name: readable through the descriptor by the account it is given to, by nobody else. */
function secretFile(path: string, secret: string, identity: Identity): number {
  rmSync(path, { force: true })
  writeFileSync(path, `${secret}\n`, { mode: 0o600 })
  const owner = fileOwner(identity)
  if (process.getuid?.() === 0) chownSync(path, owner, owner)
  const descriptor = openSync(path, 'r')
  unlinkSync(path)
  return descriptor
}

export function readPassword(layout: Layout): Result<string, EngineFailure> {
  try {
    const password = readFileSync(layout.password, 'utf8').trim()
    if (password !== '') return ok(password)
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') throw thrown
  }
  return fail(
    'password-missing',
    `The file ${layout.password} with the database password is missing: put it back, or restore the last backup into an empty folder.`,
  )
}

/** The superuser's password set without knowing the old one: single-user mode, which first recovers the cluster. */
export async function setNewPassword(
  layout: Layout,
  cluster: string,
  binaries: Binaries,
  identity: Identity,
): Promise<Result<void, EngineFailure>> {
  const password = newPassword()
  // Single-user mode looks its user up in passwd, as initdb does.
  const maker = identityForInitdb(identity)
  giveTree(cluster, maker)
  const words = ['--single', '-D', pathFor(maker, cluster), '-c', 'log_min_messages=log', '-c', 'logging_collector=off']
  const { code, output } = await runAs(maker, [binaries.postgres, ...words, 'postgres'], {
    libraryPath: binaries.libraryPath,
    cwd: cluster,
    // base64url: no quote can occur.
    stdin: `ALTER ROLE ${superuser} PASSWORD '${password}'\n`,
  })
  if (code !== 0 || /\b(ERROR|FATAL|PANIC): /.test(output)) return fail('restore-failed', reasonOf(output))
  giveTree(cluster, identity)
  writeDurably(layout.password, `${password}\n`)
  return ok(undefined)
}

export function clusterMajor(cluster: string): number | null {
  const path = join(cluster, 'PG_VERSION')
  return existsSync(path) ? Number(readFileSync(path, 'utf8').trim()) : null
}

/** The last line that says why, without the time stamp. */
export function reasonOf(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const telling =
    lines.findLast((line) => /\b(PANIC|FATAL|ERROR): |^initdb: error: /.test(line)) ?? lines.at(-1) ?? 'no reason given'
  return telling.replace(/^.*?\b(?:PANIC|FATAL|ERROR|initdb: error): +/, '').trim()
}
