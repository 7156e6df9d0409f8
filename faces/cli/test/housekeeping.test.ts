import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Ended, startCell, tandem, temporaryFolder, twoRecords } from './tandem.ts'

test('a training cell on the usual port, its senders, lists and backup', { timeout: 540_000 }, async (t) => {
  const data = join(temporaryFolder(t), 'data')
  const taken = createServer()
  // Taken by us, or by another program already.
  await new Promise<void>((resolve) => {
    taken.once('error', () => resolve())
    taken.listen(7373, '127.0.0.1', resolve)
  })
  const { child, told } = await startCell(data, null)
  t.after(() => child.kill('SIGKILL'))
  taken.close()
  const say = (words: readonly string[], environment: Record<string, string> = {}): Promise<Ended> =>
    tandem(words, { environment: { TANDEM_DATA: data, ...environment } })
  const one = async (...words: string[]) => JSON.parse((await say([...words, '--json'])).lines.at(0) ?? '{}')

  await t.test('takes the next port that is free', () => {
    assert.match(told.url, /^http:\/\/127\.0\.0\.1:73(7[4-9]|[89]\d)$/)
  })

  await t.test('gives each agency a sender, who delivers over HTTP with a key of its own', async () => {
    assert.deepEqual(
      told.senders.map(({ agency }) => agency),
      ['Crime Agency', 'Signals Agency'],
    )
    const key = told.senders[0]?.key ?? ''
    const deliver = async (bearer: string, idempotencyKey: string, body: string) => {
      const headers = { authorization: `Bearer ${bearer}`, 'idempotency-key': idempotencyKey }
      const answer = await fetch(`${told.url}/api/deliveries`, { method: 'POST', headers, body })
      return { status: answer.status, ...JSON.parse(await answer.text()) }
    }
    const receipt = await deliver(key, 'test-http-1', twoRecords('TEST-HTTP'))
    assert.deepEqual([receipt.status, receipt.state], [200, 'received'])
    assert.equal((await deliver(key, 'test-http-1', twoRecords('TEST-HTTP'))).delivery, receipt.delivery)
    const other = await deliver(key, 'test-http-1', twoRecords('TEST-OTHER'))
    assert.deepEqual([other.status, other.code], [409, 'TANDEM-STATE-003'])
    const stranger = await deliver(randomBytes(32).toString('base64url'), 'test-http-2', twoRecords('TEST-HTTP'))
    assert.deepEqual([stranger.status, stranger.code], [401, 'TANDEM-AUTH-001'])
  })

  const pin = told.people.find(({ subject }) => subject === 'a-duty')?.pin ?? ''
  assert.equal((await say(['sign-in', '--as', 'a-duty'], { TANDEM_PIN: pin })).code, 0)

  await t.test('loads a list all or nothing, shows it, and withdraws it', async () => {
    const list = join(temporaryFolder(t), 'list.csv')
    writeFileSync(list, `sha256\n${'ab'.repeat(32)}\nno hash\n`)
    const loaded = await say(['lists', 'load', list, '--name', 'Test list', '--publisher', 'Test Publisher', '--json'])
    assert.equal(loaded.code, 5, 'one record was set aside')
    const { account, version } = JSON.parse(loaded.lines[0] ?? '{}')
    assert.deepEqual([version, account], [1, { records: 2, accepted: 1, remarked: 0, setAside: 1 }])
    assert.match((await say(['lists', 'show'])).out, /^Test list +Test Publisher +1 +current/m)
    assert.match((await say(['lists', 'show', 'test list'])).out, /^Test list +Test Publisher +1 +current/m)
    assert.match((await say(['lists', 'show', 'Test list', '--hits'])).says, /No referral that you may see has a hit/)
    assert.equal((await say(['lists', 'show', '--hits'])).code, 2, 'of which list?')
    assert.equal((await say(['lists', 'show', 'Test list', '--limit', '5'])).code, 2)
    assert.equal((await say(['lists', 'show', 'No such list', '--hits'])).code, 1)
    assert.equal((await say(['lists', 'withdraw', 'No such list', '--reason', 'Test reason'])).code, 1)
    assert.equal((await one('lists', 'withdraw', 'Test list', '--reason', 'Test reason')).versions, 1)
    assert.match((await say(['lists', 'show', '--all'])).out, /^Test list +Test Publisher +1 +withdrawn/m)
  })

  await t.test('tells what was delivered with its account, and what was set aside', async () => {
    const [delivery] = (await say(['deliveries', '--json'])).lines.map((line) => JSON.parse(line))
    assert.deepEqual([delivery.sender, delivery.lane], ['Training sender', 'Crime Agency endpoint'])
    assert.deepEqual(delivery.account, { records: 2, accepted: 1, remarked: 0, setAside: 1 })
    assert.match((await say(['deliveries', delivery.id])).out, /\$\.reports\[1\]: set aside: /)
  })

  await t.test('is backed up while it runs, and restored into an empty folder with the same digests', async () => {
    const [backup, safe, fresh] = ['backup', 'safe', 'new'].map((name) => join(temporaryFolder(t), name))
    assert.ok(backup !== undefined && safe !== undefined && fresh !== undefined)
    const made = await one('backup', '--to', backup)
    assert.equal((await say(['backup', '--keys-to', safe])).code, 0)
    const restored = await one('restore', '--from', backup, '--keys', safe, '--data', fresh)
    assert.ok(restored.tables.length > 50)
    assert.deepEqual(restored.tables, made.backup.tables)
  })

  await t.test('cancels an authority, and the work under it ends at once', async () => {
    const authority = await one('authority', 'list')
    assert.equal(authority.state, 'in force')
    assert.equal((await say(['authority', 'cancel', authority.id, '--reason', 'Test reason'])).code, 0)
    const after = await say(['queue'])
    assert.equal(after.code, 4, after.out + after.says)
    assert.match(after.says, /authority/)
    assert.equal((await one('authority', 'list', '--all')).state, 'cancelled')
  })
})
