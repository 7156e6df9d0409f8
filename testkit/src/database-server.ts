import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ConnectionSettings } from '@tandem/store/engine'
import pg from 'pg'

/** Where the tests' superuser gets in. */
export type TestServer = Pick<ConnectionSettings, 'host' | 'port' | 'user' | 'password' | 'database'>

export interface ServerHold {
  readonly server: TestServer
  /** `now` does not wait for other users to come: for the runner, after its last test. */
  release(how?: 'now'): Promise<void>
}

/** An address of a server of one's own to run the tests on, as superuser. */
const ownServer = process.env['TANDEM_TEST_DATABASE'] ?? ''

const keeper = fileURLToPath(new URL('./database-keeper.ts', import.meta.url))
const checkout = createHash('sha256').update(keeper).digest('hex').slice(0, 8)
const home = join(tmpdir(), `tandem-test-${process.getuid?.() ?? 0}-${checkout}`)

/**
 * A hold on the one PostgreSQL of this machine's tests. The first comer starts it, all test processes share it, and
 * it ends, with its folder, a few seconds after the last one has gone, however that one went.
 */
export async function holdTestServer(): Promise<ServerHold> {
  if (ownServer !== '') return { server: addressOf(ownServer), release: async () => {} }
  const deadline = performance.now() + 120_000
  while (performance.now() < deadline) {
    const hold = (await joinServer()) ?? (await startKeeper())
    if (hold !== null) return hold
    await sleep(50)
  }
  throw new Error(`the test server in ${home} did not start`)
}

function addressOf(url: string): TestServer {
  const { host, port, user, password, database } = new pg.Client({ connectionString: url })
  return { host, port, user: user ?? 'postgres', password: password ?? '', database: database ?? 'postgres' }
}

async function startKeeper(): Promise<null> {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const log = openSync(join(home, 'log'), 'a', 0o600)
  const child = spawn(process.execPath, [keeper, home], { detached: true, stdio: ['ignore', log, log], cwd: '/' })
  closeSync(log)
  child.unref()
  await answering(child)
  return null
}

/** Until its socket is there, or it found another keeper before it. */
async function answering(child: ChildProcess): Promise<void> {
  let failed = false
  child.on('exit', (code) => {
    failed = code !== 0 && code !== 3
  })
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    const socket = await connected()
    socket?.destroy()
    if (socket !== null) return
    await sleep(25)
  }
  if (failed) throw new Error(`the test server did not start: ${readFileSync(join(home, 'log'), 'utf8').slice(-2_000)}`)
}

function connected(): Promise<net.Socket | null> {
  return new Promise((resolve) => {
    const socket = net.connect(join(home, 'control'))
    socket.on('connect', () => resolve(socket))
    socket.on('error', () => resolve(null))
  })
}

/** Null when nobody keeps a server, or the keeper was just leaving. */
async function joinServer(): Promise<ServerHold | null> {
  const socket = await connected()
  if (socket === null) return null
  const line = await new Promise<string | null>((resolve) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
      if (text.endsWith('\n')) resolve(text)
    })
    socket.on('close', () => resolve(null))
  })
  if (line === null) return null
  const server = parseServer(line)
  if (server === null) throw new Error(`the test server in ${home} did not start: ${line}`)
  socket.unref()
  return {
    server,
    release: async (how) => {
      if (how === 'now') socket.write('now\n')
      socket.end()
      if (how === 'now') await gone()
    },
  }
}

function parseServer(line: string): TestServer | null {
  const said: unknown = JSON.parse(line)
  if (typeof said !== 'object' || said === null) return null
  if (!('host' in said && 'port' in said && 'user' in said && 'password' in said && 'database' in said)) return null
  const { host, port, user, password, database } = said
  return typeof host === 'string' &&
    typeof port === 'number' &&
    typeof user === 'string' &&
    typeof password === 'string' &&
    typeof database === 'string'
    ? { host, port, user, password, database }
    : null
}

async function gone(): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const socket = await connected()
    if (socket === null) return
    socket.destroy()
    await sleep(25)
  }
}
