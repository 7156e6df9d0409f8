import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEngine } from '@tandem/store/engine'
import { judgeFacts } from '../src/engine/server.ts'
import { judgeVersion, versionFromLine, versionFromNumber } from '../src/engine/versions.ts'
import { open, query, refusal, temporaryFolder, value } from './engine-support.ts'

test('old versions and minors with known holes are refused, with the version to install', () => {
  const verdict = (number: number): string => {
    const judged = judgeVersion(versionFromNumber(number))
    return judged.ok ? 'good' : judged.error.code
  }
  const table = [
    [140_099, 'server-too-old'],
    [150_017, 'server-known-bad'],
    [150_018, 'good'],
    [160_013, 'server-known-bad'],
    [160_014, 'good'],
    [170_009, 'server-known-bad'],
    [170_010, 'good'],
    [180_003, 'server-known-bad'],
    [180_004, 'good'],
    [190_000, 'good'],
  ] as const
  for (const [number, expected] of table) assert.equal(verdict(number), expected, `${number}`)
  assert.match(refusal(judgeVersion(versionFromNumber(160_013))).says, /16\.14/)
  assert.equal(versionFromLine('postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)')?.number, 150_018)
  assert.equal(versionFromLine('something else'), null)
})

test('a server that cannot be trusted with the record is refused with what to do', () => {
  const fit = {
    versionNumber: 180_004,
    user: 'cell',
    superuser: false,
    createRole: true,
    createDatabase: true,
    encoding: 'UTF8',
    standby: false,
    readOnly: false,
    lossy: [],
  }
  const code = (change: object): string => {
    const judged = judgeFacts({ ...fit, ...change })
    return judged.ok ? 'good' : judged.error.code
  }
  assert.equal(code({}), 'good')
  assert.equal(code({ standby: true }), 'server-read-only')
  assert.equal(code({ readOnly: true }), 'server-read-only')
  assert.equal(code({ encoding: 'LATIN1' }), 'server-wrong-encoding')
  assert.equal(code({ lossy: ['fsync'] }), 'server-not-durable')
  assert.equal(code({ createRole: false }), 'server-role-too-weak')
  assert.equal(code({ createDatabase: false }), 'server-role-too-weak')
  assert.equal(code({ createRole: false, createDatabase: false, superuser: true }), 'good')
})

test('a URL leads to the same interface; weak roles, lossy settings and wrong passwords are refused', async (t) => {
  const { connection } = await open(t, { dataFolder: temporaryFolder(t) })
  const url = (user: string, password: string, database = 'postgres'): string =>
    `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(connection.host)}`
  const to = (databaseUrl: string) => openEngine({ dataFolder: '/nowhere', databaseUrl })
  const server = value(await to(url(connection.user, connection.password)))
  assert.equal(server.kind, 'server')
  assert.equal(server.dataDirectory, null)
  assert.deepEqual(await query(server.connection, 'SELECT 1 AS one'), [{ one: 1 }])
  assert.deepEqual(value(await server.stop()), { clean: true })
  assert.deepEqual(await query(connection, 'SELECT 1 AS one'), [{ one: 1 }])

  await query(connection, "CREATE ROLE weak LOGIN CREATEDB PASSWORD 'weak-secret'")
  const weak = refusal(await to(url('weak', 'weak-secret')))
  assert.equal(weak.code, 'server-role-too-weak')
  assert.match(weak.says, /ALTER ROLE weak CREATEROLE/)
  await query(connection, 'ALTER ROLE weak CREATEROLE')
  value(await to(url('weak', 'weak-secret')))
  await query(connection, 'ALTER ROLE weak SET synchronous_commit = off')
  assert.equal(refusal(await to(url('weak', 'weak-secret'))).code, 'server-not-durable')

  for (const refused of [
    refusal(await to(url('weak', 'not-the-secret'))),
    refusal(await to(url('weak', 'not-the-secret', 'none'))),
    refusal(await to('postgresql://weak:not-the-secret@127.0.0.1:1/postgres')),
    refusal(await to('mysql://weak:not-the-secret@127.0.0.1/postgres')),
    refusal(await to('postgresql://weak:not-the-secret@127.0.0.1:port/postgres')),
  ]) {
    assert.ok(['server-refused-login', 'server-unreachable', 'url-invalid'].includes(refused.code), refused.code)
    assert.doesNotMatch(refused.says, /not-the-secret/)
  }
})
