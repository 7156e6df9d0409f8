import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { HeldKeys, RecordVault } from '@tandem/store'
import { testDatabase } from '@tandem/testkit'
import { agencyVault, Secret } from '@tandem/vault'
import { coreFilesCheck, forbidCoreFiles } from '../src/core-files.ts'
import { filesUnder } from '../src/files-under.ts'
import { dataFolder } from '../src/folders.ts'
import { AgencyHolder } from '../src/keys/agency-holder.ts'
import { CellKeys } from '../src/keys/cell-keys.ts'
import { KeyFolder } from '../src/keys/key-folder.ts'
import { formsOf } from './hostile-markers.ts'
import { temporaryFolder } from './training-folder.ts'

const agency = '0192f0c1-2345-7abc-8def-0123456789ab'
const officers = ['Test One', 'Test Two', 'Test Three']

function holderIn(root: string): AgencyHolder {
  const folder = dataFolder(root, 'live')
  return new AgencyHolder(new KeyFolder(folder, agency), 'Test Agency')
}

test('no planted secret is in an error, in what is printed of an object, or in JSON', async (t) => {
  const root = temporaryFolder(t)
  const holder = holderIn(root)
  const made = await holder.makeForOfficers(2, officers)
  assert.ok(made.ok)
  const [one, two, three] = made.value.map(({ text }) => text)
  assert.ok(one !== undefined && two !== undefined && three !== undefined)
  const planted = randomBytes(32)
  const said: string[] = []
  const hear = (what: unknown): void => {
    said.push(inspect(what, { depth: 20, showHidden: true, getters: true }), JSON.stringify(what) ?? '')
    if (what instanceof Error) said.push(what.message, what.stack ?? '', String(what.cause))
  }
  // Forced errors, each with a secret in hand.
  hear(await holder.give(one.slice(0, -1)))
  hear(await holder.give(`${one.slice(0, 40)}${two.slice(40)}`))
  hear(await holder.give(one))
  hear(await holder.give(one))
  hear(holder)
  hear(await holder.give(two))
  hear(holder.held)
  hear(holder.held.open())
  hear(holder.state())
  const secret = Secret.of(Uint8Array.from(planted))
  hear(secret)
  hear(await holder.rotate(secret))
  const folder = new KeyFolder(dataFolder(root, 'live'), agency)
  const file = folder.read()
  assert.ok(file.ok)
  hear(await holder.keyringWith(file.value, Secret.of(Uint8Array.from(planted))))
  try {
    agencyVault(planted).open({ agency, table: 't', column: 'c', row: 'r' }, randomBytes(60))
  } catch (error) {
    hear(error)
  }
  const vault = new RecordVault(
    () => holder.held,
    async () => [],
  )
  hear(vault)
  try {
    vault.seal({ record: agency, table: 't', column: 'c', row: 'r' }, Buffer.from(planted))
  } catch (error) {
    hear(error)
  }
  holder.held.seal()
  try {
    holder.held.open()
  } catch (error) {
    hear(error)
  }
  // A key file that was damaged by hand.
  appendFileSync(join(folder.path, 'keyring.json'), '!')
  hear(await holder.give(one))
  hear(await holder.openHere())
  const needles = new Map<string, Buffer>([...formsOf(planted)].map(([form, bytes]) => [`root, ${form}`, bytes]))
  for (const [at, share] of [one, two, three].entries()) needles.set(`share ${at}`, Buffer.from(share.slice(20, 60)))
  // Bytes as an inspector would print them.
  needles.set('root, as a list', Buffer.from([...planted.subarray(0, 6)].join(', ')))
  needles.set(
    'root, as pairs',
    Buffer.from([...planted.subarray(0, 6)].map((each) => each.toString(16).padStart(2, '0')).join(' ')),
  )
  const all = Buffer.from(said.join('\n'), 'utf8')
  assert.ok(said.length > 25)
  for (const [what, needle] of needles) assert.equal(all.includes(needle), false, what)
  assert.ok(Buffer.from(inspect(planted)).includes(needles.get('root, as pairs') ?? ''), 'the search can find')
})

test('an older Tandem’s key is taken over: what it sealed opens, its tokens stay, and the file in clear is gone', async (t) => {
  const root = temporaryFolder(t)
  const folder = dataFolder(root, 'live')
  const key = randomBytes(32)
  mkdirSync(folder.keys, { recursive: true, mode: 0o700 })
  const path = join(folder.keys, `agency-${agency}.key`)
  writeFileSync(path, key, { mode: 0o600 })
  const before = agencyVault(key)
  const place = { agency, table: 'note', column: 'text_sealed', row: 'r' }
  const envelope = before.seal(place, Buffer.from('Test words of long ago'))
  const database = await testDatabase()
  t.after(() => database.close())
  const emptyDatabase = await database.superuser()
  const opened = await CellKeys.open(folder, [{ id: agency, shortName: 'Test Agency', kind: 'agency' }], emptyDatabase)
  assert.ok(opened.ok, opened.ok ? '' : opened.error)
  const keys = opened.value.keysOf(agency)
  const vault = new RecordVault(
    () => keys,
    async () => [],
  )
  await vault.unlock([agency])
  assert.equal(vault.open({ record: agency, ...place }, envelope).toString(), 'Test words of long ago')
  assert.equal(vault.isOld(agency), true, 'it can be read, and not be erased alone')
  assert.ok(vault.token('email', 'someone@mail.example').equals(before.token('email', 'someone@mail.example')))
  assert.equal(existsSync(path), false)
  const file = readFileSync(join(folder.keys, `agency-${agency}`, 'keyring.json'))
  assert.equal(file.includes(key.toString('base64')), false)
  const again = await CellKeys.open(folder, [{ id: agency, shortName: 'Test Agency', kind: 'agency' }], emptyDatabase)
  assert.ok(again.ok && again.value.keysOf(agency) instanceof HeldKeys)
  assert.ok(again.value.keysOf(agency).open().index.token('a', 'b').equals(before.token('a', 'b')))
})

test('core files are forbidden where the machine lets us, and the health page says how it is', (t) => {
  const place = temporaryFolder(t)
  const limits = (soft: string, hard: string): string => {
    const path = join(place, 'limits')
    writeFileSync(
      path,
      `Limit                     Soft Limit           Hard Limit           Units\nMax core file size        ${soft}                    ${hard}            bytes\n`,
    )
    return path
  }
  assert.equal(coreFilesCheck(limits('0', '0')).state, 'good')
  assert.equal(coreFilesCheck(limits('0', 'unlimited')).state, 'warning')
  assert.equal(coreFilesCheck(limits('unlimited', 'unlimited')).state, 'warning')
  assert.equal(coreFilesCheck(join(place, 'nowhere')).state, 'warning')
  forbidCoreFiles()
  if (existsSync('/proc/self/limits') && existsSync('/usr/bin/prlimit')) assert.equal(coreFilesCheck().state, 'good')
  else t.diagnostic('NOT RUN: no prlimit on this machine')
})

test('one agency’s keys can lie on another disk: a link leads there', async (t) => {
  const [root, disk] = [temporaryFolder(t), join(temporaryFolder(t), 'keys-of-test-agency')]
  const folder = dataFolder(root, 'live')
  mkdirSync(disk, { mode: 0o700 })
  mkdirSync(folder.keys, { recursive: true, mode: 0o700 })
  symlinkSync(disk, join(folder.keys, `agency-${agency}`))
  await holderIn(root).makeHere()
  const again = holderIn(root)
  assert.ok((await again.openHere()).ok)
  again.held.ensureOperation('0192f0c1-2345-7abc-8def-000000000001')
  assert.deepEqual(filesUnder(disk).sort(), [
    'keyring.json',
    'operations.1/0192f0c1-2345-7abc-8def-000000000001.json',
    'root.1.key',
  ])
  for (const name of filesUnder(disk)) assert.equal(statSync(join(disk, name)).mode & 0o777, 0o600)
})
