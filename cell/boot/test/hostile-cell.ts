import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '@tandem/server'
import { type Caller, type Cell, handlers, type LaneInfo, lanesOf, sessionOf, signIn } from '@tandem/work'
import pg from 'pg'
import { DATABASE } from '../src/database.ts'
import { type DataFolder, dataFolder } from '../src/folders.ts'
import type { AgencyPlan } from '../src/found.ts'
import { openCell } from '../src/open-cell.ts'
import { freePort } from '../src/port.ts'
import { trainingAgencies } from '../src/training.ts'
import { watchFolder } from '../src/watched-folder.ts'

export const issuer = 'hostile-training'
export const apiKey = randomBytes(32).toString('base64url')

export interface HostileCell {
  readonly cell: Cell
  readonly folder: DataFolder
  readonly url: string
  /** Problems that the cell met and told its log. */
  readonly problems: string[]
  readonly lane: (agency: string, kind: string) => LaneInfo
  readonly person: (subject: string) => Promise<Caller>
  readonly sql: <T extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<T[]>
  /** Until every job is done or waits for an authority. */
  readonly worked: () => Promise<void>
  close(): Promise<void>
}

/** Three agencies, so that one file can come by three lanes and be read in each. All names are invented. */
function agencies(): AgencyPlan[] {
  const [first, ...others] = trainingAgencies(issuer, [])
  assert.ok(first?.desk !== undefined)
  const desk = { ...first.desk, senders: [...first.desk.senders, { name: 'Test Sender', kind: 'provider', apiKey }] }
  return [
    first,
    { ...first, name: 'Endpoint Agency (example)', shortName: 'Endpoint Agency', people: [], desk },
    { ...first, name: 'Folder Agency (example)', shortName: 'Folder Agency', people: [] },
    ...others,
  ]
}

export function temporaryRoot(): { root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'tandem-hostile-'))
  return { root, remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }) }
}

export async function openHostileCell(root: string): Promise<HostileCell> {
  const problems: string[] = []
  const folder = dataFolder(root, 'training')
  const opened = await openCell({
    folder,
    birth: {
      name: 'Hostile cell',
      mode: 'training',
      settings: { origin: 'http://127.0.0.1:7373', port: 7373, passkeys: 'off', providers: [] },
      agencies,
    },
    onProblem: (says) => problems.push(says),
  })
  assert.ok(opened.ok, opened.ok ? '' : opened.error)
  const { cell, worker, engine, close } = opened.value
  // Test files that run at once look for a port in ranges of their own.
  const port = await freePort(18_373 + (process.pid % 500) * 20, true)
  assert.ok(port.ok)
  const server = await startServer({
    cell,
    origin: `http://127.0.0.1:${port.value}`,
    port: port.value,
    host: '127.0.0.1',
    oidc: [],
    passkeys: 'off',
    deskFolder: null,
    secureCookies: false,
    health: async () => [],
    rates: { perAddress: 1_000_000, perSender: 1_000_000 },
  })
  worker.start()
  const watch = await watchFolder(
    cell,
    folder.inbox,
    () => worker.nudge(),
    (error) => problems.push(String(error)),
  )
  const lanes = await lanesOf(cell)
  const client = new pg.Client({ ...engine.connection, database: DATABASE })
  client.on('error', () => {})
  await client.connect()
  let closing: Promise<void> | null = null
  const closeAll = async (): Promise<void> => {
    await client.end()
    await watch.close()
    await server.close()
    await close()
  }
  return {
    cell,
    folder,
    url: server.url,
    problems,
    lane(agency, kind) {
      const lane = lanes.find((each) => each.agency === agency && each.kind === kind)
      assert.ok(lane !== undefined, `no ${kind} lane of ${agency}`)
      return lane
    },
    async person(subject) {
      const { token } = await signIn(cell, { issuer, subject }, false)
      const session = await sessionOf(cell, token)
      assert.ok(session !== null)
      return { credential: { kind: 'session', login: session.login, token } }
    },
    sql: async (text, values = []) => (await client.query(text, [...values])).rows,
    async worked() {
      worker.nudge()
      await worker.idle()
    },
    close() {
      closing ??= closeAll()
      return closing
    },
  }
}

export async function* inPieces(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function* nothing(): AsyncGenerator<Uint8Array> {}

export { handlers }
