import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { picture, tandem, temporaryFolder, twoRecords } from './tandem.ts'

const vics = fileURLToPath(new URL('../../../fixtures/vics/', import.meta.url))

test('reads a file of standard input, and the last line of its JSON is exactly the account', async () => {
  const { code, lines, says } = await tandem(['read', '-', '--json'], { input: twoRecords('TEST-1') })
  assert.equal(code, 5, 'something was set aside')
  assert.equal(says, '')
  assert.equal(lines.length, 3)
  assert.match(lines.at(-1) ?? '', /^\{"account":\{"records":2,"accepted":\d,"remarked":\d,"setAside":1\}\}$/)
  const { account } = JSON.parse(lines.at(-1) ?? '')
  assert.equal(account.accepted + account.remarked + account.setAside, account.records)
})

test('words of a report come only when they are asked for', async () => {
  const input = twoRecords('TEST-1')
  assert.doesNotMatch((await tandem(['read', '-', '--json'], { input })).out, /Test words/)
  assert.doesNotMatch((await tandem(['read', '-'], { input })).out, /Test words/)
  assert.match((await tandem(['read', '-', '--words'], { input })).out, /Test words/)
})

test('a picture is refused with words, whatever it is called', async (t) => {
  const file = join(temporaryFolder(t), 'report.json')
  writeFileSync(file, picture())
  const person = await tandem(['read', file])
  assert.equal(person.code, 5)
  assert.match(person.out, /refused: .*picture/)
  const machine = await tandem(['read', file, '--json'])
  assert.equal(machine.code, 5)
  assert.equal(machine.lines.at(-1), '{"account":{"records":1,"accepted":0,"remarked":0,"setAside":1}}')
})

test('with several files each line carries its file', async (t) => {
  const folder = temporaryFolder(t)
  const files = ['one.json', 'two.json'].map((name) => join(folder, name))
  for (const file of files) writeFileSync(file, twoRecords('TEST-1'))
  const { lines } = await tandem(['read', ...files, '--json'])
  assert.deepEqual([...new Set(lines.map((line) => JSON.parse(line).file))], files)
  assert.equal(lines.filter((line) => 'account' in JSON.parse(line)).length, 2)
})

test('a file that is not there is told in one line; bytes that could drive a terminal are shown, not sent', async () => {
  const missing = await tandem(['read', '/nonexistent/file.json'])
  assert.equal(missing.code, 1)
  assert.equal(missing.says.trimEnd().split('\n').length, 1)
  const input = JSON.stringify({
    profile: 'uk-csea-irp/1',
    reports: [{ urn: 'T\u001b[2J\u202eEST', description: 'x' }],
  })
  const { out } = await tandem(['read', '-'], { input })
  assert.match(out, /T\\u\{1b\}\[2J\\u\{202e\}EST/)
  assert.doesNotMatch(out.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u)
})

test('reads a list that nobody here wrote', async () => {
  const { readdirSync } = await import('node:fs')
  const name = readdirSync(vics, { recursive: true })
    .map(String)
    .find((each) => each.endsWith('.json'))
  assert.ok(name !== undefined)
  const { lines } = await tandem(['read', join(vics, name), '--json'])
  const { account } = JSON.parse(lines.at(-1) ?? '')
  assert.equal(account.records, lines.length - 1)
})

test('a folder is read whole, links are told and not followed, and the total adds up', async (t) => {
  const folder = join(temporaryFolder(t), 'monday')
  mkdirSync(join(folder, 'deeper'), { recursive: true })
  writeFileSync(join(folder, 'b.json'), twoRecords('TEST-1'))
  writeFileSync(join(folder, 'deeper', 'a.json'), twoRecords('TEST-2'))
  writeFileSync(join(folder, 'what.bin'), 'nothing that anyone knows')
  symlinkSync('/etc/passwd', join(folder, 'link'))
  const { code, lines } = await tandem(['read', folder, '--json'])
  assert.equal(code, 5)
  const told = lines.map((line) => JSON.parse(line))
  const { total } = told.at(-1)
  assert.equal(total.files, 3)
  assert.equal(total.records, total.accepted + total.remarked + total.setAside)
  const accounts = told.flatMap(({ account }) => (account === undefined ? [] : [account]))
  assert.equal(accounts.length, 3)
  assert.equal(
    accounts.reduce((sum, { records }) => sum + records, 0),
    total.records,
  )
  assert.deepEqual(
    told.filter(({ account }) => account !== undefined).map(({ file }) => file),
    ['b.json', join('deeper', 'a.json'), 'what.bin'].map((name) => join(folder, name)),
  )
  assert.ok(told.some(({ file, outcome }) => file === join(folder, 'link') && outcome === 'not read'))
  const shown = await tandem(['read', folder])
  assert.match(shown.out, /3 files, \d+ records?: /)
})
