import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { receiveFromSender } from '@tandem/work'
import { askSenders } from '../src/control-client.ts'
import type { SenderQuestion } from '../src/control-messages.ts'
import { DATABASE, withAdmin } from '../src/database.ts'
import { trainingCell, twoRecords } from './training-folder.ts'

const agency = 'Crime Agency'

test('keys of senders, over the control socket', async (t) => {
  const { folder, open } = await trainingCell(t)
  const ask = async (question: SenderQuestion) => {
    const answer = await askSenders(folder, question)
    assert.ok(answer !== null)
    return answer
  }
  const keyFor = async (sender: string) => {
    const answer = await ask({ ask: 'key', agency, sender, kind: 'hotline' })
    assert.ok(answer.answer === 'key', JSON.stringify(answer))
    return answer
  }
  const hasKey = async (sender: string) => {
    const answer = await ask({ ask: 'senders', agency })
    assert.ok(answer.answer === 'senders')
    return answer.senders.find(({ name }) => name === sender)
  }
  let deliveries = 0
  const deliver = (key: string) =>
    receiveFromSender(
      open.cell,
      Buffer.from(key, 'base64url'),
      { idempotencyKey: `sender-test-${++deliveries}`, name: 'test.json' },
      (async function* () {
        yield Buffer.from(twoRecords(`TEST-${deliveries}`))
      })(),
    )
  const rows = <T extends object>(sql: string) =>
    withAdmin(open.engine.connection, DATABASE, async (admin) => (await admin.query<T>(sql)).rows)
  const first = await keyFor('Test Hotline')

  await t.test('a new sender is added with its kind, and delivers to its agency alone', async () => {
    assert.deepEqual([first.kind, first.replaced], ['hotline', false])
    assert.deepEqual(await hasKey('Test Hotline'), { name: 'Test Hotline', kind: 'hotline', hasKey: true })
    assert.equal((await deliver(first.key)).state, 'received')
    const [place] = await rows<{ agency: string; sender: string }>(
      `SELECT a.short_name AS agency, s.name AS sender FROM tandem.delivery d JOIN tandem.agency a USING (agency_id)
         JOIN tandem.sender s USING (agency_id, sender_id)`,
    )
    assert.deepEqual(place, { agency, sender: 'Test Hotline' })
  })

  await t.test('a new key ends the old one, and the cell keeps neither', async () => {
    const second = await keyFor('Test Hotline')
    assert.equal(second.replaced, true)
    await assert.rejects(deliver(first.key), { code: 'TANDEM-AUTH-001' })
    assert.equal((await deliver(second.key)).state, 'received')
    const kept = await rows<{ digest: string }>(
      `SELECT encode(api_key_hash, 'hex') AS digest FROM tandem.sender WHERE api_key_hash IS NOT NULL`,
    )
    const digest = createHash('sha256').update(Buffer.from(second.key, 'base64url')).digest('hex')
    assert.deepEqual(kept, [{ digest }])
  })

  await t.test('a key that is taken back opens nothing from then on', async () => {
    const { key } = await keyFor('Test Hotline')
    assert.deepEqual(await ask({ ask: 'revoke', agency, sender: 'Test Hotline' }), {
      answer: 'revoked',
      agency,
      sender: 'Test Hotline',
    })
    await assert.rejects(deliver(key), { code: 'TANDEM-AUTH-001' })
    assert.equal((await hasKey('Test Hotline'))?.hasKey, false)
  })

  await t.test('what cannot be is refused in words', async () => {
    const says = async (question: SenderQuestion) => {
      const answer = await ask(question)
      assert.ok(answer.answer === 'refused', JSON.stringify(answer))
      return answer.says
    }
    assert.match(await says({ ask: 'revoke', agency, sender: 'Test Hotline' }), /no sender "Test Hotline" with a key/)
    assert.match(await says({ ask: 'key', agency, sender: 'This cell', kind: 'provider' }), /is the cell itself/)
    assert.match(await says({ ask: 'senders', agency: null }), /Say which agency/)
  })

  await t.test('each step stands in the ledger of the agency', async () => {
    const entries = await rows<{ verb: string; sender: string; agency: string }>(
      `SELECT o.verb, o.object ->> 'sender' AS sender, a.short_name AS agency FROM ledger.opening o
         JOIN tandem.agency a USING (agency_id) WHERE o.verb LIKE 'sender.%' ORDER BY o.entry_id`,
    )
    assert.deepEqual(
      entries.map((entry) => entry.verb),
      ['sender.key', 'sender.key', 'sender.key', 'sender.revoke'],
    )
    assert.ok(entries.every((entry) => entry.sender === 'Test Hotline' && entry.agency === agency))
  })
})
