import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { askedEvent, heldEvent } from '../src/event/index.ts'
import { askerProgress, askerWaits, holderProgress } from '../src/run/index.ts'
import { approved, holderOutcome, hour, now, outcomeOf, phones, requestOf, runBetween, testPair } from './party.ts'

const answered = async (...given: Parameters<typeof runBetween>) => {
  const run = await runBetween(...given)
  const outcome = outcomeOf(run.asker)
  assert.ok(outcome.is === 'answered', JSON.stringify(outcome))
  return { ...run, outcome }
}

describe('a run between two agencies', () => {
  test('finds exactly the plain intersection, whatever the sets', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 50 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 50 }),
        async (asks, holds) => {
          const all = phones(0, 61)
          const pick = (chosen: readonly number[]) => chosen.flatMap((at) => all[at] ?? [])
          const { outcome } = await answered(pick(asks), pick(holds))
          assert.deepEqual(
            outcome.hits.map(({ reference }) => reference).sort(),
            pick(asks.filter((each) => holds.includes(each)))
              .map(({ reference }) => reference)
              .sort(),
          )
          assert.equal(outcome.alarms.length, 0)
        },
      ),
      { numRuns: 12 },
    )
  })

  test('of ten thousand and ten thousand, half in common', { timeout: 120_000 }, async () => {
    const { outcome, holder, messages } = await answered(phones(0, 10_000), phones(5_000, 10_000))
    assert.deepEqual(
      outcome.hits.map(({ reference }) => reference),
      phones(5_000, 5_000).map(({ reference }) => reference),
    )
    const held = holderOutcome(holder)
    assert.ok(held.is === 'answered')
    assert.deepEqual([held.record.asked, outcome.held], [16_384, 16_384])
    assert.equal(held.record.run, outcome.run)
    assert.equal(held.record.transcript, outcome.transcript)
    // 16 chunks each way, then 16 of outputs, and the statements around them.
    assert.equal(messages.length, 4 + 16 * 2 + 16 * 2 + 2)
    // The one "many hits" alarm needs more than half.
    assert.deepEqual(outcome.alarms, [])
  })

  test('nothing in common is an answer of its own, beside what was compared', async () => {
    const { outcome } = await answered(phones(0, 3), phones(100, 3))
    assert.deepEqual([outcome.hits, outcome.asked, outcome.held], [[], 3, 16])
  })

  test('both sides see how far it is', async () => {
    const { asker, holder } = await runBetween(phones(0, 3000), phones(0, 10), {
      onTheWay: (bytes, _, at) => (at === 7 ? null : bytes),
    })
    assert.deepEqual(askerProgress(asker), { done: 1, of: 5 })
    assert.ok(holder)
    assert.deepEqual(holderProgress(holder), { done: 2, of: 5 })
  })

  test('sizes are all that the messages tell: one entry or fifteen look alike', async () => {
    const lengths = async (count: number) =>
      (await answered(phones(0, count), phones(500, count))).messages.map(({ bytes }) => bytes.length)
    assert.deepEqual(await lengths(1), await lengths(12))
  })

  test('an entry of two people is a hit for both, on both sides', async () => {
    const [one] = phones(7, 1)
    assert.ok(one)
    const twice = [one, { ...one, reference: 'again' }]
    const { outcome, holder } = await answered(twice, twice)
    assert.deepEqual(
      outcome.hits.map(({ reference }) => reference),
      ['p7', 'again'],
    )
    const held = holderOutcome(holder)
    assert.ok(held.is === 'answered')
    assert.ok([...held.record.byOutput.values()].some((each) => each.join() === 'p7,again'))
  })

  test('events near each other meet, and nothing is said of the others', async () => {
    const grid = { reachMetres: 500, slotMinutes: 30 }
    const at = (longitude: number, minutes: number) => ({
      place: { latitude: 51.5, longitude },
      from: now + minutes * 60_000,
      to: now + (minutes + 60) * 60_000,
    })
    const entry = (made: ReturnType<typeof heldEvent>) => (made.ok ? [made.value] : [])
    const asked = [at(-0.1, 0), at(-3, 0)].flatMap((event, n) => entry(askedEvent(event, grid, `watch ${n}`)))
    const held = [at(-0.105, 75), at(-3, 600), at(9, 0)].flatMap((event, n) => entry(heldEvent(event, grid, `b${n}`)))
    const { outcome } = await answered(asked, held, { request: requestOf({ kinds: ['event'], grid }) })
    assert.deepEqual(
      outcome.hits.map(({ reference }) => reference),
      ['watch 0'],
    )
  })

  test('the key of a run is wiped, and two runs of the same sets share no output', async () => {
    const secrets: Uint8Array[] = []
    const pair = testPair()
    const watching = {
      ...pair,
      holder: {
        ...pair.holder,
        compute: async (job: Parameters<typeof pair.holder.compute>[0]) => {
          if ('secret' in job) secrets.push(job.secret)
          return pair.holder.compute(job)
        },
      },
    }
    const first = await answered(phones(0, 5), phones(0, 5), { pair: watching })
    const second = await answered(phones(0, 5), phones(0, 5), { pair: watching })
    assert.ok(secrets.length >= 4)
    for (const secret of secrets) assert.ok(secret.every((byte) => byte === 0))
    const outputs = (run: typeof first) => run.outcome.hits.flatMap((hit) => hit.outputs)
    assert.equal(outputs(first).length, 5)
    assert.deepEqual(
      outputs(first).filter((output) => outputs(second).includes(output)),
      [],
    )
  })
})

describe('silence', () => {
  test('of the other side is never an answer', async () => {
    for (let last = 0; last < 9; last++) {
      const { asker } = await runBetween(phones(0, 3), phones(0, 3), {
        onTheWay: (bytes, direction, at) => (direction === 'to asker' && at > last ? null : bytes),
      })
      if (asker.at === 'over') continue
      const late = askerWaits(asker, now + (asker.at === 'asking' ? hour : 60_001))
      const outcome = outcomeOf(late)
      assert.equal(outcome.is, 'no answer')
      assert.ok(outcome.is === 'no answer' && (outcome.why === 'silent' || outcome.why === 'expired'))
      assert.match(outcome.says, /does not say that nothing is held/)
      assert.equal(askerWaits(asker, now + 1000), asker)
    }
  })

  test('a late answer counts as none', async () => {
    let time = now
    const { asker } = await runBetween(phones(0, 3), phones(0, 3), {
      clock: () => time,
      onTheWay: (bytes, direction, at) => {
        if (direction === 'to asker' && at === 5) time += 60_001
        return bytes
      },
    })
    const outcome = outcomeOf(asker)
    assert.ok(outcome.is === 'no answer' && outcome.why === 'silent')
  })

  test('a request runs out while people think, on both sides', async () => {
    let time = now
    const { asker, holder } = await runBetween(phones(0, 3), phones(0, 3), {
      clock: () => time,
      onTheWay: (bytes, direction) => {
        if (direction === 'to holder') time = now + hour
        return bytes
      },
      approvals: approved,
    })
    assert.ok(asker.at === 'over' && holder?.at === 'over')
    assert.equal(outcomeOf(asker).is, 'no answer')
    const theirs = holderOutcome(holder)
    assert.ok(theirs.is === 'no answer' && theirs.why === 'expired')
  })
})
