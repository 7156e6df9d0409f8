import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
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

const change = (topic: string) =>
  cell.store.within(session, async (tx) => {
    await tx.run('outbox/add', { operation_id: cell.national.desk.operation, topic, subject_id: randomUUID() })
    tx.record('test', { topic })
  })

test('the feed tells every change once, in order, and goes on from any position', async () => {
  const started = await cell.store.latestInOutbox()
  const topics = Array.from({ length: 20 }, (_, at) => `topic ${at}`)
  for (const topic of topics) await change(topic)
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
  assert.equal((await cell.store.outbox('', 1000)).length >= 20, true)
})

test('a long transaction holds nobody back, and its own change is told after it ends', async () => {
  const started = await cell.store.latestInOutbox()
  const written = Promise.withResolvers<void>()
  const mayEnd = Promise.withResolvers<void>()
  const long = cell.store.within(session, async (tx) => {
    await tx.run('outbox/add', { operation_id: cell.national.desk.operation, topic: 'long', subject_id: randomUUID() })
    tx.record('test', { topic: 'long' })
    written.resolve()
    await mayEnd.promise
  })
  await written.promise
  await change('short')
  const meanwhile = await cell.store.outbox(started, 100)
  mayEnd.resolve()
  await long
  const afterwards = await cell.store.outbox(meanwhile.at(-1)?.position ?? '', 100)
  assert.deepEqual(
    [meanwhile, afterwards].map((rows) => rows.map(({ topic }) => topic)),
    [['short'], ['long']],
  )
})

test('listeners who look at the same time, while changes come, miss none and hear none twice', async () => {
  const started = await cell.store.latestInOutbox()
  const topics = Array.from({ length: 40 }, (_, at) => `at once ${at}`)
  let ended = false
  const listen = async (): Promise<string[]> => {
    const heard: string[] = []
    let position = started
    let looks = 0
    for (;;) {
      const last = ended
      const rows = await cell.store.outbox(position, 3)
      heard.push(...rows.map(({ topic }) => topic))
      position = rows.at(-1)?.position ?? position
      // Who looks while another gives places sees them at a later look.
      if ((last && heard.length === topics.length) || looks++ > 2_000) return heard
    }
  }
  const listeners = [listen(), listen(), listen()]
  await Promise.all(
    [0, 1, 2, 3].map(async (lane) => {
      for (const topic of topics.filter((_, at) => at % 4 === lane)) await change(topic)
    }),
  )
  ended = true
  const [first = [], ...others] = await Promise.all(listeners)
  assert.deepEqual(first.toSorted(), topics.toSorted())
  for (const other of others) assert.deepEqual(other, first)
})
