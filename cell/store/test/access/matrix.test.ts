import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { foundCell, type TestDatabase, testDatabase } from '@tandem/testkit'
import type pg from 'pg'
import { runLints } from './lints.ts'
import { makeProbe, runMatrix } from './matrix.ts'
import { seedWorld } from './world.ts'

let database: TestDatabase
let client: pg.Client

before(async () => {
  database = await testDatabase()
  client = await database.superuser()
})
after(() => database.close())

test('every login, context, table, verb and row does what the model says', async (t) => {
  const world = await seedWorld(client, await foundCell(database))
  await makeProbe(client)
  await client.query('BEGIN')
  const { cells, unexplained } = await runMatrix(client, world)
  await client.query('ROLLBACK')
  t.diagnostic(`${cells} cells, ${unexplained.length} unexplained`)
  assert.deepEqual(unexplained.slice(0, 60), [])
})

test('the catalogue holds to its rules', async () => {
  assert.deepEqual(await runLints(client), [])
})
