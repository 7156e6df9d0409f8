import { ok, type Result } from '@tandem/core'
import pg from 'pg'
import { oneRow, withClient } from './connect.ts'
import { type ConnectionSettings, codeOf, type DatabaseEngine, type EngineFailure, fail, wordsOf } from './types.ts'
import { judgeVersion, versionFromNumber } from './versions.ts'

export interface ServerOptions {
  /** `postgresql://user:password@host:port/database?sslmode=verify-full` */
  readonly databaseUrl: string
  readonly connectWithin?: number
}

/** A PostgreSQL that somebody else runs: checked once, then used; never started or stopped by us. */
export async function connectServer(options: ServerOptions): Promise<Result<DatabaseEngine, EngineFailure>> {
  const connection = readUrl(options.databaseUrl)
  if (!connection.ok) return connection
  const { host, port } = connection.value
  try {
    const facts = await withClient(connection.value, readFacts, options.connectWithin)
    const version = judgeVersion(versionFromNumber(facts.versionNumber))
    if (!version.ok) return version
    const fit = judgeFacts(facts)
    if (!fit.ok) return fit
    return ok({
      kind: 'server',
      version: version.value,
      connection: connection.value,
      dataDirectory: null,
      postmasterPid: null,
      onExit: () => () => undefined,
      restart: async () => ok(undefined),
      stop: async () => ok({ clean: true }),
    })
  } catch (thrown) {
    const code = codeOf(thrown)
    if (code === '28P01' || code === '28000') {
      return fail(
        'server-refused-login',
        `The database at ${host}:${port} refuses this user or password: check the URL and pg_hba.conf.`,
      )
    }
    if (code === '3D000')
      return fail(
        'server-unreachable',
        `The database server at ${host}:${port} has no database of that name: create it, or name another in the URL.`,
      )
    return fail(
      'server-unreachable',
      `The database at ${host}:${port} does not answer (${wordsOf(thrown)}). Check address, network and that it runs.`,
    )
  }
}

/** Through node-postgres, so that the same rules read the URL as will connect. The URL is never repeated in words. */
function readUrl(url: string): Result<ConnectionSettings, EngineFailure> {
  const form = 'Give it as postgresql://user:password@host:5432/database.'
  if (!/^postgres(ql)?:\/\//.test(url))
    return fail('url-invalid', `The database URL does not begin with postgresql://. ${form}`)
  try {
    const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url })
    if (user === undefined || database === undefined)
      return fail('url-invalid', `The database URL names no user. ${form}`)
    return ok({ host, port, user, password: password ?? '', database, ssl })
  } catch {
    return fail('url-invalid', `The database URL cannot be read. ${form}`)
  }
}

export interface ServerFacts {
  readonly versionNumber: number
  readonly user: string
  readonly superuser: boolean
  readonly createRole: boolean
  readonly createDatabase: boolean
  readonly encoding: string
  readonly standby: boolean
  readonly readOnly: boolean
  /** Settings that would lose acknowledged rows, by name. */
  readonly lossy: readonly string[]
}

async function readFacts(client: pg.Client): Promise<ServerFacts> {
  const [versionNumber = '0', user = '', superuser, createRole, createDatabase, encoding = '', standby, readOnly] =
    await oneRow(
      client,
      `SELECT current_setting('server_version_num'), rolname, rolsuper, rolcreaterole, rolcreatedb,
            current_setting('server_encoding'), pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on'
       FROM pg_roles WHERE rolname = current_user`,
    )
  const [fsync, commit, pages] = await oneRow(
    client,
    "SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')",
  )
  const lossy = [
    ...(fsync === 'off' ? ['fsync'] : []),
    ...(commit === 'off' ? ['synchronous_commit'] : []),
    ...(pages === 'off' ? ['full_page_writes'] : []),
  ]
  return {
    versionNumber: Number(versionNumber),
    user,
    superuser: superuser === 'true',
    createRole: createRole === 'true',
    createDatabase: createDatabase === 'true',
    encoding,
    standby: standby === 'true',
    readOnly: readOnly === 'true',
    lossy,
  }
}

export function judgeFacts(facts: ServerFacts): Result<void, EngineFailure> {
  if (facts.standby)
    return fail(
      'server-read-only',
      'This server is a standby: give the URL of the primary. Permissions are never checked on a copy.',
    )
  if (facts.readOnly)
    return fail(
      'server-read-only',
      'This user or database is set to read-only transactions: set default_transaction_read_only to off.',
    )
  if (facts.encoding !== 'UTF8')
    return fail(
      'server-wrong-encoding',
      `The database has encoding ${facts.encoding}: create one with ENCODING 'UTF8' and name it in the URL.`,
    )
  if (facts.lossy.length > 0) {
    return fail(
      'server-not-durable',
      `This server would lose acknowledged records: set ${facts.lossy.map((name) => `${name} = on`).join(', ')} and reload it.`,
    )
  }
  if (!facts.superuser && !(facts.createRole && facts.createDatabase)) {
    const missing = [...(facts.createRole ? [] : ['CREATEROLE']), ...(facts.createDatabase ? [] : ['CREATEDB'])]
    return fail(
      'server-role-too-weak',
      `The database user ${facts.user} may not make roles and databases: have an administrator run ALTER ROLE ${facts.user} ${missing.join(' ')}.`,
    )
  }
  return ok(undefined)
}
