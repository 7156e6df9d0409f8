import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EngineExit, openEngine } from '@tandem/store/engine'
import { clusterNameOf, findLeftovers } from '../src/engine/leftovers.ts'
import { open, query, runningHolder, temporaryFolder, value } from './engine-support.ts'

const kills = {
  'the parent': (holder: number) => [holder],
  'the postmaster': (_holder: number, postmaster: number) => [postmaster],
  'parent and postmaster': (holder: number, postmaster: number) => [holder, postmaster],
  'everything at once': (holder: number, postmaster: number, all: readonly number[]) => [holder, postmaster, ...all],
} as const

for (const [name, victims] of Object.entries(kills)) {
  test(`kill -9 of ${name} loses no acknowledged row`, async (t) => {
    const dataFolder = temporaryFolder(t)
    const acknowledged = new Set<string>()
    for (let round = 0; round < 3; round++) {
      const holder = await runningHolder(t, dataFolder)
      await holder.until(20 + round * 7)
      const cluster = join(dataFolder, 'database', 'cluster')
      const all = findLeftovers(clusterNameOf(cluster)).map(({ pid }) => pid)
      for (const pid of victims(holder.child.pid ?? 0, holder.postmaster, all)) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // already gone with the one before
        }
      }
      await sleep(round * 20)
      holder.child.kill('SIGKILL')
      await holder.ended
      const engine = value(await openEngine({ dataFolder }))
      for (const id of holder.acknowledged) acknowledged.add(id)
      const present = new Set((await query(engine.connection, 'SELECT id FROM kept')).map(({ id }) => String(id)))
      assert.deepEqual(
        [...acknowledged].filter((id) => !present.has(id)),
        [],
      )
      await engine.stop()
    }
  })
}

test('an orphaned postmaster is stopped before a new one starts', async (t) => {
  const dataFolder = temporaryFolder(t)
  const holder = await runningHolder(t, dataFolder)
  // Stopped, it cannot follow the signal that the kernel sends when its parent dies.
  process.kill(holder.postmaster, 'SIGSTOP')
  holder.child.kill('SIGKILL')
  await holder.ended
  setTimeout(() => process.kill(holder.postmaster, 'SIGCONT'), 300)
  const engine = await open(t, { dataFolder })
  assert.notEqual(engine.postmasterPid, holder.postmaster)
  const name = clusterNameOf(engine.dataDirectory ?? '')
  const postmasters = findLeftovers(name).filter(({ postmaster }) => postmaster)
  assert.deepEqual(postmasters, [{ pid: engine.postmasterPid, postmaster: true }])
})

test('a postmaster that dies is reported, and restart() brings the same connection back', async (t) => {
  const engine = await open(t, { dataFolder: temporaryFolder(t) })
  await query(engine.connection, 'CREATE TABLE kept AS SELECT 1 AS one')
  const before = engine.postmasterPid ?? 0
  const reported = new Promise<EngineExit>((resolve) => engine.onExit(resolve))
  process.kill(before, 'SIGKILL')
  const exit = await reported
  assert.equal(exit.signal, 'SIGKILL')
  assert.equal(engine.postmasterPid, null)
  value(await engine.restart())
  assert.notEqual(engine.postmasterPid, before)
  assert.deepEqual(await query(engine.connection, 'SELECT * FROM kept'), [{ one: 1 }])
})

test('an ordered stop is not reported as a death', async (t) => {
  const engine = value(await openEngine({ dataFolder: temporaryFolder(t) }))
  let deaths = 0
  engine.onExit(() => deaths++)
  await engine.stop()
  await sleep(20)
  assert.equal(deaths, 0)
})

test('a stale postmaster.pid that names a living stranger does not hinder the start', async (t) => {
  const dataFolder = temporaryFolder(t)
  const engine = value(await openEngine({ dataFolder }))
  await engine.stop()
  const cluster = engine.dataDirectory ?? ''
  // No relative of the postmaster to be: PostgreSQL passes over its parents by itself.
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' })
  t.after(() => stranger.kill())
  writeFileSync(
    join(cluster, 'postmaster.pid'),
    `${stranger.pid}\n${cluster}\n1700000000\n5432\n/tmp\n\n  1 1\nready\n`,
  )
  await open(t, { dataFolder })
})
