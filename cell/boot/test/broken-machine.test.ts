import assert from 'node:assert/strict'
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { examine } from '../src/doctor.ts'
import { start } from '../src/start.ts'
import { temporaryFolder, trainingCell } from './training-folder.ts'

/** What the start says; it must not start. */
async function saysStart(data: string): Promise<string> {
  const started = await start({ data, port: 7396, withoutDesk: true, withoutExample: true })
  if (started.ok) await started.value.close()
  assert.ok(!started.ok, 'expected a refusal')
  assert.doesNotMatch(started.error, /\b[A-Z]{5,}:|\.ts:|undefined/, 'the words are a program’s')
  return started.error
}

/** What the doctor finds bad, each as "name: words Remedy: what to do". */
async function saysDoctor(data: string, open = false): Promise<string> {
  const checks = await examine({ data, open })
  const bad = checks.filter(({ state }) => state === 'bad')
  for (const { name, remedy } of bad) assert.ok((remedy ?? '').length > 10, `${name} has no remedy`)
  return bad.map(({ name, says, remedy }) => `${name}: ${says} Remedy: ${remedy}`).join('\n')
}

test('a data folder that cannot be made is told in words, at once', { timeout: 60_000 }, async (t) => {
  const root = temporaryFolder(t)
  const file = join(root, 'file')
  writeFileSync(file, '')
  assert.match(await saysStart(file), /cannot be used: it is a file/)
  assert.match(await saysStart(join(file, 'below')), /cannot be used: (a part of its path|it) is a file/)
  // A file system that answers "not there" to a new folder.
  assert.match(await saysStart('/proc/tandem/data'), /cannot be used: no folder can be made there/)
  // Root may, and finds that it cannot; anybody else is not allowed to begin with.
  const says = /Data folder: .* cannot be written: (no folder can be made there|you may not write there)/
  assert.match(await saysDoctor('/proc/tandem/data'), says)
})

test('a data folder of which a part is missing or foreign', { timeout: 180_000 }, async (t) => {
  const root = join(temporaryFolder(t), 'data')
  const { folder, open, control } = await trainingCell(t, root)
  await control.close()
  await open.close()
  assert.equal(await saysDoctor(root), '')

  await t.test('without its settings', async () => {
    renameSync(folder.settings, `${folder.settings}.away`)
    assert.match(await saysDoctor(root), /Settings: There is a database .*, but no settings/)
    assert.match(await saysStart(root), /has no settings and no keys for it/)
    renameSync(`${folder.settings}.away`, folder.settings)
  })

  await t.test('without the keys of its agencies', async () => {
    const keys = readdirSync(folder.keys).filter((name) => name.startsWith('agency-'))
    for (const name of keys) renameSync(join(folder.keys, name), join(root, name))
    assert.match(await saysDoctor(root), /Keys: No agency's key is in /)
    assert.match(await saysStart(root), /No key of .*Crime Agency.* cannot be read\. Put back the copy of the keys/)
    const [first = '', ...others] = keys
    for (const name of others) renameSync(join(root, name), join(folder.keys, name))
    assert.match(await saysDoctor(root, true), /No key of [^,]+ is in /)
    renameSync(join(root, first), join(folder.keys, first))
  })

  await t.test('whose database another version of PostgreSQL made', async () => {
    const version = join(folder.database, 'database', 'cluster', 'PG_VERSION')
    writeFileSync(version, '17\n')
    assert.match(await saysDoctor(root), /Database: Made by PostgreSQL 17, and this Tandem brings 18/)
    assert.match(await saysStart(root), /made by PostgreSQL 17, this Tandem brings 18/)
    writeFileSync(version, '18\n')
  })

  await t.test('whose database folder was emptied', async () => {
    const version = join(folder.database, 'database', 'cluster', 'PG_VERSION')
    rmSync(version)
    assert.match(await saysDoctor(root), /Database: .* is there, but no database is in it/)
    writeFileSync(version, '18\n')
  })

  await t.test('after a crash, with what it left lying: it starts', async () => {
    const cluster = join(folder.database, 'database', 'cluster')
    writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n`, { mode: 0o600 })
    writeFileSync(join(folder.database, 'owner'), '999999\n')
    assert.equal(await saysDoctor(root, true), '')
    assert.equal(existsSync(join(cluster, 'postmaster.pid')), false)
  })
})
