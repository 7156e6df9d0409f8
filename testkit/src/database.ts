import { createHash, createHmac, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AgencyKeys,
  ensureRoles,
  type Login,
  logins,
  migrate,
  type Passwords,
  Store,
  type StoreConfig,
} from '@tandem/store'
import pg from 'pg'
import { holdTestServer, type TestServer } from './database-server.ts'
import { keysInMemory } from './keys.ts'

/** A migrated database of its own for one test file, made from the template in a moment and dropped at its end. */
export interface TestDatabase {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly passwords: Passwords
  /** Connections and stores that are handed out are closed by `close`. */
  superuser(): Promise<pg.Client>
  login(login: Login): Promise<pg.Client>
  store(options?: { readonly poolSize?: number }): Store
  /** The keys of an agency are random and the same for all stores of this database. */
  keysOf(agency: string): AgencyKeys
  /** Drops it. Fails when somebody left a transaction open or a connection behind. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const migrationsFolder = new URL('../migrations/', import.meta.resolve('@tandem/store'))

export async function testDatabase(): Promise<TestDatabase> {
  const hold = await holdTestServer()
  const { server } = hold
  const passwords = passwordsFor(server)
  const name = `tandem_test_${randomBytes(8).toString('hex')}`
  await withSuperuser(server, server.database, async (admin) => {
    const template = await ensureTemplate(admin, server, passwords)
    // Two copies at once are fine; a copy while somebody is connected to the template is not.
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
    // Tests ask what is visible after a commit, not after a power cut.
    await admin.query(`ALTER DATABASE ${name} SET synchronous_commit = off`)
  })
  // Rights on the database itself are not copied from a template.
  await withSuperuser(server, name, async (admin) => void (await migrate(admin)))

  const clients: pg.Client[] = []
  const stores: Store[] = []
  const keysOf = keysInMemory()
  const connect = async (user: string, password: string): Promise<pg.Client> => {
    const client = new pg.Client({ host: server.host, port: server.port, database: name, user, password })
    client.on('error', () => {})
    await client.connect()
    clients.push(client)
    return client
  }
  const close = async (): Promise<void> => {
    await withSuperuser(server, server.database, async (admin) => {
      const open = await sessionsIn(admin, name, "AND state LIKE 'idle in transaction%'")
      await Promise.all([...stores.map((store) => store.close()), ...clients.map((client) => client.end())])
      const left = await lingering(admin, name)
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      if (open.length > 0) throw new Error(`transactions left open: ${open.join(', ')}`)
      if (left.length > 0) throw new Error(`connections left behind: ${left.join(', ')}`)
    }).finally(() => hold.release())
  }
  return {
    name,
    host: server.host,
    port: server.port,
    passwords,
    superuser: () => connect(server.user, server.password),
    login: (login) => connect(login, passwords[login]),
    store: (options = {}) => {
      const config: StoreConfig = {
        host: server.host,
        port: server.port,
        database: name,
        passwords,
        keysOf,
        ...options,
      }
      const store = new Store(config)
      stores.push(store)
      return store
    },
    keysOf,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** The same for every process that uses this server, so that none sets another's aside. */
function passwordsFor(server: TestServer): Passwords {
  const of = (login: Login): string =>
    createHmac('sha256', `${server.host}:${server.port}:${server.password}`).update(login).digest('base64url')
  return {
    tandem_gate: of('tandem_gate'),
    tandem_officer: of('tandem_officer'),
    tandem_supervisor: of('tandem_supervisor'),
    tandem_ingest: of('tandem_ingest'),
    tandem_partner: of('tandem_partner'),
    tandem_inspector: of('tandem_inspector'),
    tandem_export: of('tandem_export'),
    tandem_administrator: of('tandem_administrator'),
    tandem_notifier: of('tandem_notifier'),
  }
}

/** One for each set of migrations; whoever comes first makes it while the others wait. */
async function ensureTemplate(admin: pg.Client, server: TestServer, passwords: Passwords): Promise<string> {
  const set = createHash('sha256')
  for (const name of readdirSync(migrationsFolder).sort()) set.update(readFileSync(new URL(name, migrationsFolder)))
  for (const login of logins) set.update(passwords[login])
  const template = `tandem_template_${set.digest('hex').slice(0, 16)}`
  const lock = 5_263_110
  await admin.query('SELECT pg_advisory_lock($1)', [lock])
  try {
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1 AND NOT datallowconn', [
      template,
    ])
    if (rowCount === 1) return template
    await ensureRoles(admin, passwords)
    await admin.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
    await admin.query(`CREATE DATABASE ${template} ENCODING 'UTF8' TEMPLATE template0`)
    await withSuperuser(server, template, async (inside) => void (await migrate(inside)))
    // Closed only when it is complete: what may be connected to is unfinished and is made anew.
    await admin.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`)
    return template
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [lock])
  }
}

async function withSuperuser<T>(
  server: TestServer,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...server, database })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function sessionsIn(admin: pg.Client, name: string, condition: string): Promise<string[]> {
  const { rows } = await admin.query<{ who: string }>(
    `SELECT usename || ' (' || coalesce(state, 'no state') || ')' AS who
       FROM pg_stat_activity WHERE datname = $1 ${condition}`,
    [name],
  )
  return rows.map((row) => row.who)
}

/** A backend takes a moment to end after its client has gone. */
async function lingering(admin: pg.Client, name: string): Promise<string[]> {
  let left: string[] = []
  for (let tries = 0; tries < 100; tries++) {
    left = await sessionsIn(admin, name, '')
    if (left.length === 0) return []
    await sleep(20)
  }
  return left
}
