import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { tandem } from './tandem.ts'

test('alone it prints a short help by task', async () => {
  const { code, out, says } = await tandem([])
  assert.equal(code, 0)
  assert.equal(says, '')
  for (const word of ['Run a cell', 'Work', 'start', 'intake', 'decide', 'ledger']) assert.ok(out.includes(word), word)
  assert.ok(out.split('\n').length < 50, 'it fits on one screen')
})

test('what was mistyped is told in one line with what was meant, and nothing else', async () => {
  for (const [words, meant] of [
    [['qeue'], 'tandem queue'],
    [['lists', 'laod'], 'tandem lists load'],
    [['queue', '--limt', '3'], '--limit'],
    [['frobnicate'], 'tandem --help'],
    [['decide'], 'take | release'],
    [['queue', 'too', 'many'], 'tandem queue --help'],
    [['queue', '--limit'], '--limit needs a value'],
    [['decide', 'close', '12'], '--outcome'],
  ] as const) {
    const { code, out, says } = await tandem([...words])
    assert.equal(code, 2, words.join(' '))
    assert.equal(out, '')
    assert.equal(says.trimEnd().split('\n').length, 1, says)
    assert.ok(says.includes(meant), says)
    assert.doesNotMatch(says.trimEnd(), /\p{Cc}| {4}at /u)
  }
})

test('each command explains itself', async () => {
  const { code, out } = await tandem(['decide', 'hold', '--help'])
  assert.equal(code, 0)
  assert.match(out, /tandem decide hold REFERRAL/)
  assert.match(out, /--until/)
})

test('with --json an error is one object with its exit code', async () => {
  const { code, lines, says } = await tandem(['queue', '--server', 'http://127.0.0.1:9', '--json'], {
    environment: { TANDEM_TOKEN: 'x' },
  })
  assert.equal(code, 3)
  assert.equal(says, '')
  assert.equal(lines.length, 1)
  assert.equal(JSON.parse(lines[0] ?? '').error.exit, 3)
})

test('without a cell it says so, and without a session too', async () => {
  const environment = { TANDEM_DATA: '/nonexistent/data' }
  assert.equal((await tandem(['queue'], { environment })).code, 3)
  assert.equal((await tandem(['intake', 'x'], { environment })).code, 3)
  const { code, says } = await tandem(['queue', '--server', 'http://127.0.0.1:9'], { environment })
  assert.equal(code, 4)
  assert.match(says, /TANDEM-AUTH-001/)
})

const old = '/usr/bin/node'
test('the launcher works with the Node of the system, whatever its age', { skip: !existsSync(old) }, async () => {
  const { code, lines, says } = await tandem(['version', '--json'], { node: old })
  assert.equal(code, 0, says)
  assert.equal(says, '')
  const version = JSON.parse(lines[0] ?? '')
  assert.ok(Number(version.node.split('.')[0]) >= 24)
})
