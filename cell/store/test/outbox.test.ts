import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { foundCell, type SessionCredential, type TestCell, type TestDatabase, testDatabase } from '@tandem/testkit'

let database: TestDatabase
let cell: TestCell
let session: SessionCredential

before(async () => {
  database = await testDatabase()
  cell = await foundCell(database)
  session = await cell.session(cell.national.triageAnalyst)
})
after(() => database.close())

/** Fifty changes in a row: transaction numbers with every digit, so that none is read as octal or passed over. */
test('the feed tells every change once, in order, and goes on from any position', async () => {
  const operation = cell.national.desk.operation
  const started = await cell.store.latestInOutbox()
  const topics = Array.from({ length: 50 }, (_, at) => `topic ${at}`)
  for (const topic of topics) {
    await cell.store.within(session, async (tx) => {
      await tx.run('outbox/add', { operation_id: operation, topic, subject_id: operation })
      tx.record('test', { topic })
    })
  }
  const all = await cell.store.outbox(started, 100)
  assert.deepEqual(
    all.map((row) => row.topic),
    topics,
  )
  for (const [at, row] of all.entries()) {
    const rest = await cell.store.outbox(row.position, 100)
    assert.deepEqual(
      rest.map(({ topic }) => topic),
      topics.slice(at + 1),
    )
  }
  assert.equal(await cell.store.latestInOutbox(), all.at(-1)?.position)
  assert.equal((await cell.store.outbox('', 1000)).length >= 50, true)
})
