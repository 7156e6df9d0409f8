import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { diagnose } from '@tandem/store/engine'
import { clock, nodeVersion } from '../src/engine/diagnosis.ts'
import { open, temporaryFolder } from './engine-support.ts'

test('the doctor finds nothing bad where the engine runs, and gives a remedy with everything that is not good', async (t) => {
  const dataFolder = join(temporaryFolder(t), 'data')
  const before = await diagnose({ dataFolder })
  assert.deepEqual(
    before.filter(({ state }) => state === 'bad'),
    [],
  )
  assert.equal(existsSync(dataFolder), false)
  for (const check of before) assert.equal(check.remedy === undefined, check.state === 'good', check.name)
  const engine = await open(t, { dataFolder })
  const running = (await diagnose({ dataFolder })).find(({ name }) => name === 'Database')
  assert.match(running?.says ?? '', new RegExp(`process ${engine.postmasterPid}\\b`))
})

test('a clock that was never set and an old Node are bad', () => {
  assert.equal(clock(new Date('1970-01-01T00:01:00Z')).state, 'bad')
  assert.equal(clock(new Date(Number.NaN)).state, 'bad')
  assert.equal(clock(new Date('2027-01-01T00:00:00Z')).state, 'good')
  assert.equal(nodeVersion('20.20.2').state, 'bad')
  assert.equal(nodeVersion('24.0.0').state, 'good')
})

test('a long path and a place that cannot be written are told', async () => {
  const long = await diagnose({ dataFolder: `/tmp/${'long'.repeat(40)}` })
  assert.equal(long.find(({ name }) => name === 'Socket path')?.state, 'warning')
  const closed = await diagnose({ dataFolder: '/proc/nothing' })
  const folder = closed.find(({ name }) => name === 'Data folder')
  assert.notEqual(folder, undefined)
})
