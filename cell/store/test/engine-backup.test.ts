import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { backup, type ConnectionSettings, restore } from '@tandem/store/engine'
import { isLeftOut, segmentsBetween } from '../src/engine/backup-rules.ts'
import { droppable } from '../src/engine/identity.ts'
import { isRoot, open, query, refusal, temporaryFolder, value } from './engine-support.ts'

const digest = async (connection: ConnectionSettings, table: string): Promise<unknown> =>
  (
    await query(connection, `SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) AS md5 FROM ${table} AS t`)
  )[0]

async function backedUp(t: TestContext) {
  const dataFolder = join(temporaryFolder(t), 'data')
  const target = join(temporaryFolder(t), 'backup')
  const engine = await open(t, { dataFolder })
  await query(engine.connection, 'CREATE TABLE kept AS SELECT n, md5(n::text) FROM generate_series(1, 20000) AS n')
  const manifest = value(await backup(engine, { target, label: 'Test backup' }))
  return { engine, target, manifest, dataFolder }
}

test('a backup under load restores every row acknowledged before its end, and only consistent ones', async (t) => {
  const engine = await open(t, { dataFolder: join(temporaryFolder(t), 'data') })
  const { connection } = engine
  await query(connection, 'CREATE TABLE still AS SELECT n, md5(n::text) FROM generate_series(1, 50000) AS n')
  await query(connection, 'CREATE TABLE pair_a (n int PRIMARY KEY); CREATE TABLE pair_b (n int PRIMARY KEY)')
  let acknowledged = 0
  let busy = true
  const load = (async () => {
    while (busy) {
      const next = acknowledged + 1
      await query(connection, `BEGIN; INSERT INTO pair_a VALUES (${next}); INSERT INTO pair_b VALUES (${next}); COMMIT`)
      acknowledged = next
      if (next % 5 === 0) await query(connection, 'CHECKPOINT; SELECT pg_switch_wal()')
    }
  })()
  let before = 0
  const target = join(temporaryFolder(t), 'backup')
  const manifest = value(
    await backup(engine, {
      target,
      label: 'Under load',
      onProgress: () => {
        before = acknowledged
      },
    }),
  )
  const end = acknowledged + 1
  busy = false
  await load
  assert.ok(before > 0 && manifest.walSegments.length > 0)
  const restored = join(temporaryFolder(t), 'restored')
  value(await restore({ backupFolder: target, dataFolder: restored }))
  const copy = await open(t, { dataFolder: restored })
  assert.deepEqual(await digest(copy.connection, 'still'), await digest(connection, 'still'))
  const [rows] = await query(
    copy.connection,
    `SELECT (SELECT max(n) FROM pair_a) AS last, (SELECT count(*)::int FROM pair_a) AS a,
            (SELECT count(*)::int FROM pair_a JOIN pair_b USING (n)) AS both, (SELECT count(*)::int FROM pair_b) AS b`,
  )
  assert.ok(Number(rows?.last) >= before && Number(rows?.last) <= end, JSON.stringify({ rows, before, end }))
  assert.deepEqual([rows?.a, rows?.both, rows?.b], [rows?.last, rows?.last, rows?.last])
  assert.notEqual(copy.connection.password, connection.password)
})

test('the manifest lists every file with its digest and no secret', async (t) => {
  const { target, manifest, engine } = await backedUp(t)
  for (const { path, size, sha256 } of manifest.files) {
    const bytes = readFileSync(join(target, 'cluster', path))
    assert.equal(bytes.length, size, path)
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256, path)
    assert.equal(bytes.includes(engine.connection.password), false, path)
  }
  const there = readdirSync(join(target, 'cluster'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
  assert.equal(there.length, manifest.files.length)
  assert.equal(existsSync(join(target, 'cluster', 'postmaster.pid')), false)
  assert.deepEqual(await query(engine.connection, 'SELECT * FROM pg_replication_slots'), [])
})

test('one changed, cut, missing or added file, and a missing manifest, are each refused and leave no database', async (t) => {
  const { target, manifest } = await backedUp(t)
  const largest = manifest.files.toSorted((a, b) => b.size - a.size).find(({ path }) => path.startsWith('base/'))
  const table = join(target, 'cluster', largest?.path ?? '')
  const wal = join(target, 'cluster', 'pg_wal', manifest.walSegments[0] ?? '')
  const refused = async (code: string, words: RegExp): Promise<void> => {
    const dataFolder = temporaryFolder(t)
    const error = refusal(await restore({ backupFolder: target, dataFolder }))
    assert.equal(error.code, code)
    assert.match(error.says, words)
    const made = readdirSync(dataFolder, { recursive: true }).map(String)
    assert.deepEqual(
      made.filter((name) => /cluster|escaped/.test(name)),
      [],
    )
  }
  const keep = readFileSync(table)
  const flipped = Buffer.from(keep)
  flipped.writeUInt8(flipped.readUInt8(4000) ^ 1, 4000)
  writeFileSync(table, flipped)
  await refused('backup-damaged', /differs from its digest/)
  truncateSync(table, 8192)
  await refused('backup-damaged', /differs from its digest/)
  writeFileSync(table, keep)
  const log = readFileSync(wal)
  rmSync(wal)
  await refused('backup-damaged', /is missing/)
  writeFileSync(wal, log)
  const added = join(target, 'cluster', 'recovery.signal')
  writeFileSync(added, '')
  await refused('backup-damaged', /not in its manifest/)
  rmSync(added)
  const path = join(target, 'manifest.json')
  const text = readFileSync(path, 'utf8')
  const escaping = { path: '../escaped', size: 0, sha256: createHash('sha256').digest('hex') }
  writeFileSync(join(target, 'escaped'), '')
  writeFileSync(path, JSON.stringify({ ...manifest, files: [...manifest.files, escaping] }))
  await refused('backup-damaged', /not a manifest/)
  rmSync(path)
  assert.equal(
    refusal(await restore({ backupFolder: target, dataFolder: temporaryFolder(t) })).code,
    'backup-incomplete',
  )
  writeFileSync(path, text)
  value(await restore({ backupFolder: target, dataFolder: temporaryFolder(t) }))
})

test('a restore never touches a database that is there, nor a backup a folder that is not empty', async (t) => {
  const { target, engine, dataFolder } = await backedUp(t)
  assert.equal(refusal(await restore({ backupFolder: target, dataFolder })).code, 'folder-in-use')
  assert.equal(refusal(await backup(engine, { target, label: 'Again' })).code, 'backup-target-unusable')
  const inside = join(engine.dataDirectory ?? '', 'backup')
  assert.equal(refusal(await backup(engine, { target: inside, label: 'Inside' })).code, 'backup-target-unusable')
  await engine.stop()
  assert.equal(refusal(await restore({ backupFolder: target, dataFolder })).code, 'folder-unusable')
})

test('a restore works as root without user namespaces', { skip: !(isRoot && droppable() !== null) }, async (t) => {
  const { target, engine } = await backedUp(t)
  const dataFolder = temporaryFolder(t)
  value(await restore({ backupFolder: target, dataFolder, userNamespaces: 'off' }))
  const copy = await open(t, { dataFolder, userNamespaces: 'off' })
  assert.deepEqual(await digest(copy.connection, 'kept'), await digest(engine.connection, 'kept'))
})

test('the segments between two names cross from one log to the next', () => {
  const mebibyte = 1024 * 1024
  assert.deepEqual(segmentsBetween('0000000100000000000000FE', '000000010000000100000001', 16 * mebibyte), [
    '0000000100000000000000FE',
    '0000000100000000000000FF',
    '000000010000000100000000',
    '000000010000000100000001',
  ])
  assert.throws(() => segmentsBetween('000000010000000000000001', '000000020000000000000001', 16 * mebibyte))
})

test('what must not be copied is left out, and folders that must exist are kept', () => {
  const out = ['postmaster.pid', 'pg_wal/000000010000000000000001', 'pg_replslot/x', 'base/5/pg_internal.init']
  for (const path of [...out, 'base/pgsql_tmp/pgsql_tmp12.0', 'base/5/t3_16400', 'backup_label', 'global/pg_control']) {
    assert.equal(isLeftOut(path, false), true, path)
  }
  for (const path of ['pg_wal', 'pg_notify', 'pg_wal/archive_status', 'base/5'])
    assert.equal(isLeftOut(path, true), false, path)
  for (const path of ['base/5/1259', 'PG_VERSION', 'pg_xact/0000']) assert.equal(isLeftOut(path, false), false, path)
})
