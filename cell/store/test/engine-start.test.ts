import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openEngine } from '@tandem/store/engine'
import { findPackage } from '../src/engine/binaries.ts'
import { open, query, refusal, runningHolder, startHolder, temporaryFolder, value } from './engine-support.ts'

test('a new cluster starts, keeps its rows over a stop, and stops clean', async (t) => {
  const dataFolder = temporaryFolder(t)
  const first = value(await openEngine({ dataFolder }))
  assert.equal(first.kind, 'embedded')
  assert.equal(first.version.major, 18)
  await query(first.connection, 'CREATE TABLE kept AS SELECT 7 AS seven')
  assert.deepEqual(value(await first.stop()), { clean: true })
  assert.equal(first.postmasterPid, null)
  const second = await open(t, { dataFolder })
  assert.deepEqual(await query(second.connection, 'SELECT * FROM kept'), [{ seven: 7 }])
})

test('what decides durability and privacy is set, also against ALTER SYSTEM', async (t) => {
  const { connection } = await open(t, { dataFolder: temporaryFolder(t) })
  const names = {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    data_checksums: 'on',
    listen_addresses: '',
    jit: 'off',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_min_error_statement: 'panic',
    password_encryption: 'scram-sha-256',
    server_encoding: 'UTF8',
    TimeZone: 'UTC',
  }
  for (const [name, expected] of Object.entries(names)) {
    assert.deepEqual(await query(connection, 'SELECT current_setting($1) AS is', [name]), [{ is: expected }], name)
  }
  await assert.rejects(query(connection, 'ALTER SYSTEM SET fsync = off'), /ALTER SYSTEM is not allowed/)
  assert.deepEqual(await query(connection, "SELECT 'z' < 'ä' COLLATE \"default\" AS by_code_point, upper('ä') AS up"), [
    { by_code_point: true, up: 'Ä' },
  ])
})

test('the password is needed, and it, the socket and the files are closed to others', async (t) => {
  const dataFolder = temporaryFolder(t)
  const { connection, dataDirectory } = await open(t, { dataFolder })
  await assert.rejects(query({ ...connection, password: 'wrong' }, 'SELECT 1'), /password authentication failed/)
  assert.equal(statSync(connection.host).mode & 0o777, 0o700)
  assert.equal(statSync(join(dataFolder, 'database', 'superuser-password')).mode & 0o777, 0o600)
  assert.equal(statSync(dataDirectory ?? '').mode & 0o777, 0o700)
  assert.equal(statSync(dataFolder).mode & 0o777, 0o700)
})

test('no value of a statement reaches the log, neither in errors nor when a backend is killed', async (t) => {
  const { connection, dataDirectory } = await open(t, { dataFolder: temporaryFolder(t) })
  const secret = 'Marker-Test-Person'
  await query(connection, 'CREATE TABLE unique_words (word text PRIMARY KEY)')
  await query(connection, 'INSERT INTO unique_words VALUES ($1)', [secret])
  await assert.rejects(query(connection, 'INSERT INTO unique_words VALUES ($1)', [secret]))
  await assert.rejects(query(connection, `SELECT '${secret}'::uuid`))
  await assert.rejects(query(connection, 'SELECT $1::uuid', [secret]))
  await assert.rejects(query(connection, `SELEC ${secret}`))
  const sleeping = query(connection, `SELECT pg_sleep(60), '${secret}'`).catch(() => undefined)
  await sleep(300)
  const [row] = await query(connection, "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")
  process.kill(Number(row?.pid), 'SIGKILL')
  await sleeping
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await query(connection, 'SELECT 1').catch(() => null)) break
    await sleep(50)
  }
  const folder = join(dataDirectory ?? '', 'log')
  const log = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')
  assert.match(log, /was terminated by signal 9/)
  assert.doesNotMatch(log, new RegExp(secret))
})

test('nothing is written into the package', async (t) => {
  await open(t, { dataFolder: temporaryFolder(t) })
  const library = join(value(findPackage()), 'lib')
  const links = readdirSync(library, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink())
  assert.deepEqual(links, [])
})

test('a second process is refused with the pid of the first, and may enter once that one is killed', async (t) => {
  const dataFolder = temporaryFolder(t)
  const holder = await runningHolder(t, dataFolder)
  const error = refusal(await openEngine({ dataFolder }))
  assert.equal(error.code, 'folder-in-use')
  assert.match(error.says, new RegExp(`process ${holder.child.pid}\\b`))
  const third = await startHolder(t, dataFolder)
  assert.ok('refused' in third && third.refused.code === 'folder-in-use')
  holder.child.kill('SIGKILL')
  await holder.ended
  await open(t, { dataFolder })
})

test('the same process cannot open a folder twice', async (t) => {
  const dataFolder = temporaryFolder(t)
  await open(t, { dataFolder })
  assert.equal(refusal(await openEngine({ dataFolder })).code, 'folder-in-use')
})

test('an interrupted creation leaves nothing in the way', async (t) => {
  const dataFolder = temporaryFolder(t)
  mkdirSync(join(dataFolder, 'database', 'cluster.new', 'base'), { recursive: true })
  writeFileSync(join(dataFolder, 'database', 'cluster.new', 'PG_VERSION'), '18\n')
  await open(t, { dataFolder })
})

test('a data folder with a path too long for a socket works, and its socket folder goes at the stop', async (t) => {
  const dataFolder = join(temporaryFolder(t), 'long'.repeat(30))
  const engine = value(await openEngine({ dataFolder }))
  assert.ok(Buffer.byteLength(join(engine.connection.host, '.s.PGSQL.5432')) <= 107)
  assert.equal(statSync(engine.connection.host).mode & 0o777, 0o700)
  await engine.stop()
  assert.equal(existsSync(engine.connection.host), false)
})

test('a cluster of another major version, a lost password and a broken package are refused in words', async (t) => {
  const dataFolder = temporaryFolder(t)
  const engine = value(await openEngine({ dataFolder }))
  await engine.stop()
  const versionFile = join(engine.dataDirectory ?? '', 'PG_VERSION')
  writeFileSync(versionFile, '17\n')
  assert.equal(refusal(await openEngine({ dataFolder })).code, 'folder-from-other-version')
  writeFileSync(versionFile, '18\n')
  const password = join(dataFolder, 'database', 'superuser-password')
  renameSync(password, `${password}.away`)
  assert.equal(refusal(await openEngine({ dataFolder })).code, 'password-missing')
  writeFileSync(password, 'another\n')
  assert.equal(refusal(await openEngine({ dataFolder })).code, 'server-refused-login')
  renameSync(`${password}.away`, password)
  const native = join(temporaryFolder(t), 'native')
  cpSync(value(findPackage()), native, { recursive: true })
  cpSync(join(value(findPackage()), '..', 'package.json'), join(dirname(native), 'package.json'))
  rmSync(join(native, 'lib', 'libicuuc.so.60.2'))
  assert.equal(refusal(await openEngine({ dataFolder, nativeFolder: native })).code, 'binaries-broken')
  await open(t, { dataFolder })
})
