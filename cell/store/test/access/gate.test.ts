import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { foundCell, type TestCell, type TestDatabase, testDatabase } from '@tandem/testkit'
import { gateChecks, sceneOf } from './gate-checks.ts'
import { runChecks, stopClock } from './gate-scene.ts'
import { signatureChecks } from './signatures.ts'
import { seedWorld } from './world.ts'

let database: TestDatabase
let cell: TestCell

before(async () => {
  database = await testDatabase()
  cell = await foundCell(database)
})
after(() => database.close())

test('the gate lets in whom it should, to the microsecond', async (t) => {
  const client = await database.superuser()
  const checks = gateChecks(sceneOf(cell))
  await client.query('BEGIN')
  await stopClock(client)
  const wrong = await runChecks(client, checks)
  await client.query('ROLLBACK')
  t.diagnostic(`${checks.length} checks`)
  assert.deepEqual(wrong, [])
})

test('nobody signs in the name of another, and no signature is taken back', async () => {
  const client = await database.superuser()
  const world = await seedWorld(client, cell)
  await client.query('BEGIN')
  const wrong = await runChecks(client, signatureChecks(world))
  await client.query('ROLLBACK')
  assert.deepEqual(wrong, [])
})
