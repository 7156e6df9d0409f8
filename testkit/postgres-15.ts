import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/**
 * Runs the store's tests on PostgreSQL 15, the oldest that a cell takes, on a scratch cluster of its own. Where no 15
 * is installed it says so and is content: the embedded server has been tried by the tests themselves.
 */
const binaries = process.env['TANDEM_POSTGRES_15'] ?? '/usr/lib/postgresql/15/bin'
const tests =
  process.argv.length > 2
    ? process.argv.slice(2)
    : ['cell/store/test/access/*.test.ts', 'cell/store/test/!(engine*).test.ts']
const password = 'only-for-this-run'

if (!existsSync(join(binaries, 'postgres'))) {
  console.log(`15: not run, no PostgreSQL 15 in ${binaries}`)
} else {
  process.exitCode = await runOnScratchCluster()
}

async function runOnScratchCluster(): Promise<number> {
  const account = unprivileged()
  if (account === null) {
    console.log('15: not run, there is no unprivileged account to start it as')
    return 0
  }
  const folder = mkdtempSync(join(tmpdir(), 'tandem-15-'))
  const as = account === 'self' ? {} : account
  if (account !== 'self') chownSync(folder, account.uid, account.gid)
  const data = join(folder, 'data')
  const secret = join(folder, 'password')
  writeFileSync(secret, `${password}\n`, { mode: 0o644 })
  try {
    const made = spawnSync(
      join(binaries, 'initdb'),
      ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--no-locale', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-N'],
      { ...as, cwd: folder, encoding: 'utf8' },
    )
    if (made.status !== 0) {
      console.log(`15: not run, initdb failed: ${made.stderr.trim().split('\n').at(-1) ?? made.error?.message ?? ''}`)
      return 1
    }
    return await runAgainst(data, folder, as)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runAgainst(data: string, folder: string, as: { uid?: number; gid?: number }): Promise<number> {
  const settings = [
    'fsync=off',
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'max_connections=200',
    'jit=off',
  ]
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...settings.flatMap((each) => ['-c', each])], {
    ...as,
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => server.on('exit', () => resolve()))
  const stop = (): boolean => server.kill('SIGINT')
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    const version = await answering(folder)
    if (version === null) {
      console.log('15: not run, the server did not start')
      return 1
    }
    const address = `postgresql://postgres:${password}@/postgres?host=${encodeURIComponent(folder)}`
    const run = spawn(process.execPath, ['--test', ...tests], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, TANDEM_TEST_DATABASE: address },
      stdio: 'inherit',
    })
    const code = await new Promise<number>((resolve) => run.on('exit', (status) => resolve(status ?? 1)))
    console.log(`15: run on PostgreSQL ${version}, ${code === 0 ? 'passed' : 'failed'}`)
    return code
  } finally {
    stop()
    await ended
  }
}

async function answering(host: string): Promise<string | null> {
  for (let tries = 0; tries < 200; tries++) {
    const client = new pg.Client({ host, user: 'postgres', password, database: 'postgres' })
    try {
      await client.connect()
      const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version') AS version")
      return rows[0]?.version ?? ''
    } catch {
      await sleep(50)
    } finally {
      await client.end().catch(() => {})
    }
  }
  return null
}

/** PostgreSQL will not run as root, and initdb wants an account that has a name. */
function unprivileged(): 'self' | { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return 'self'
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const account = ['postgres', 'nobody']
    .map((name) => accounts.find(([each]) => each === name))
    .find((found) => found !== undefined)
  return account === undefined ? null : { uid: Number(account[2]), gid: Number(account[3]) }
}
