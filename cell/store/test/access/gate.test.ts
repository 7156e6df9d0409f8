import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { foundCell, type TestDatabase, testDatabase } from '@tandem/testkit'
import { gateChecks, sceneOf } from './gate-checks.ts'
import { runChecks, stopClock } from './gate-scene.ts'

let database: TestDatabase

before(async () => {
  database = await testDatabase()
})
after(() => database.close())

test('the gate lets in whom it should, to the microsecond', async (t) => {
  const client = await database.superuser()
  const checks = gateChecks(sceneOf(await foundCell(database)))
  await client.query('BEGIN')
  await stopClock(client)
  const wrong = await runChecks(client, checks)
  await client.query('ROLLBACK')
  t.diagnostic(`${checks.length} checks`)
  assert.deepEqual(wrong, [])
})
