import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IpContextBuilder } from '@tandem/formats'
import { Worker } from '@tandem/jobs'
import { type AgencyKeys, ensureRoles, type Login, logins, migrate, newId, Store } from '@tandem/store'
import { openEngine } from '@tandem/store/engine'
import { exampleLists, foundCell, keysInMemory, renderList, type TestCell, type TestDatabase } from '@tandem/testkit'
import { type Caller, type Cell, handlers, ipContextOf, jobKindsOf, Runs, Sequencer } from '@tandem/work'
import pg from 'pg'

export interface BenchCell {
  readonly cell: Cell
  readonly founded: TestCell
  readonly worker: Worker
  readonly superuser: pg.Client
  readonly keysOf: (agency: string) => AgencyKeys
  readonly problems: string[]
  connect(): Promise<pg.Client>
  as(person: Parameters<TestCell['session']>[0]): Promise<Caller>
  senderOf(name: string): Promise<string>
  close(): Promise<void>
}

const noFiles = new IpContextBuilder().build()

/** A founded cell on an embedded server of its own, as durable as a live one. Nothing of it stays. */
export async function openBenchCell(): Promise<BenchCell> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'))
  const opened = await openEngine({ dataFolder: join(folder, 'db') })
  if (!opened.ok) throw new Error(opened.error.says)
  const engine = opened.value
  const { host, port, user, password } = engine.connection
  const name = 'bench'
  const clients: pg.Client[] = []
  const client = async (as: string, secret: string, database = name): Promise<pg.Client> => {
    const made = new pg.Client({ host, port, user: as, password: secret, database })
    await made.connect()
    clients.push(made)
    return made
  }
  const admin = await client(user, password, engine.connection.database)
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  const passwords = {
    ...{ tandem_gate: secret(), tandem_officer: secret(), tandem_supervisor: secret(), tandem_ingest: secret() },
    ...{ tandem_partner: secret(), tandem_inspector: secret(), tandem_export: secret() },
    ...{ tandem_administrator: secret(), tandem_notifier: secret() },
  } satisfies Record<Login, string>
  assert.equal(Object.keys(passwords).length, logins.length)
  const superuser = await client(user, password)
  await ensureRoles(superuser, passwords)
  await migrate(superuser)
  await assertDurable(superuser)
  const keysOf = keysInMemory()
  const store = new Store({ host, port, database: name, passwords, keysOf })
  const close = async (): Promise<void> => {
    await store.close()
    await Promise.all(clients.map((each) => each.end()))
    await engine.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const database: TestDatabase = {
    ...{ name, host, port, passwords, keysOf, close, [Symbol.asyncDispose]: close },
    superuser: async () => superuser,
    login: (login) => client(login, passwords[login]),
    store: () => store,
  }
  const founded = await foundCell(database)
  // No bench of the work needs a log; entries wait for their place.
  const ledger = new Sequencer({ store, logs: [], folderOf: () => assert.fail('no log') })
  const cell: Cell = {
    store,
    name: 'Bench cell',
    mode: 'training',
    version: '0.0.0',
    database: `PostgreSQL ${engine.version.text}`,
    limits: { deliveryBytes: 64 * 1024 * 1024, listBytes: 64 * 1024 * 1024 },
    ipContext: ipContextOf(() => noFiles, Date.now),
    ledger,
    deconfliction: new Runs({ store, ledger, local: [] }),
    checks: async () => [],
    keys: () => [],
  }
  const problems: string[] = []
  const worker = new Worker(store, jobKindsOf(cell), {
    onError: (job, error) => problems.push(`${job.kind}: ${error instanceof Error ? error.message : String(error)}`),
  })
  const as: BenchCell['as'] = async (person) => ({ credential: await founded.session(person) })
  await loadLists(cell, await as(founded.national.dutyManager))
  const senders = new Map<string, string>()
  return {
    cell,
    founded,
    worker,
    superuser,
    keysOf,
    problems,
    as,
    connect: () => client(user, password),
    async senderOf(who) {
      const known = senders.get(who)
      if (known !== undefined) return known
      const sender = newId()
      senders.set(who, sender)
      await superuser.query(
        `INSERT INTO tandem.sender (cell_id, agency_id, sender_id, name, kind) VALUES ($1, $2, $3, $4, 'provider')`,
        [founded.cell, founded.national.agency, sender, who],
      )
      return sender
    },
    async close() {
      await worker.stop()
      await close()
    },
  }
}

const secret = (): string => randomBytes(24).toString('base64url')

async function assertDurable(client: pg.Client): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await client.query<Record<string, string>>(`SHOW ${setting}`)
    assert.equal(rows[0]?.[setting], 'on', `${setting} is not on: what is measured is not durable`)
  }
}

async function loadLists(cell: Cell, caller: Caller): Promise<void> {
  for (const list of exampleLists) {
    await handlers.loadList(cell, caller, {
      params: undefined,
      query: { name: list.name, publisher: list.publisher },
      body: undefined,
      stream: streamOf(renderList(list)),
    })
  }
}

export async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
