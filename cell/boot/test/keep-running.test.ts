import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as soon } from 'node:timers/promises'
import { err, ok } from '@tandem/core'
import type { DatabaseEngine, EngineFailure } from '@tandem/store/engine'
import { keepRunning } from '../src/keep-running.ts'

const full: EngineFailure = { code: 'start-failed', says: 'The disk is full.' }
const stopped: EngineFailure = { code: 'engine-stopped', says: 'The database was stopped.' }

/** An engine that answers restarts as told, and the way to let it end. */
function engine(answers: readonly (EngineFailure | null)[]) {
  let end: () => void = () => assert.fail('nobody listens')
  let tries = 0
  const told: string[] = []
  const acts: Pick<DatabaseEngine, 'onExit' | 'restart'> = {
    onExit(listener) {
      end = () => listener({ code: 1, signal: null, says: 'The database ended.' })
      return () => {}
    },
    async restart() {
      const answer = answers[tries++] ?? null
      return answer === null ? ok(undefined) : err(answer)
    },
  }
  keepRunning(acts, (says) => told.push(says))
  return { end: () => end(), tries: () => tries, told }
}

test('a database that cannot come back is tried again with growing pauses, until it runs', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { end, tries, told } = engine([full, full, full])
  end()
  await soon()
  assert.equal(tries(), 1)
  for (const [pause, expected] of [
    [999, 1],
    [1, 2],
    [1_999, 2],
    [1, 3],
    [4_000, 4],
    [600_000, 4],
  ] as const) {
    t.mock.timers.tick(pause)
    await soon()
    assert.equal(tries(), expected, `after ${pause} ms more`)
  }
  assert.equal(told.at(-1), 'the database runs again')
})

test('a cell that is closing lets its database end', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { end, tries } = engine([stopped])
  end()
  await soon()
  t.mock.timers.tick(600_000)
  await soon()
  assert.equal(tries(), 1)
})
