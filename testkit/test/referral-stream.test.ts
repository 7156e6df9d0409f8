import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { mostFindable, policies, prepare, referralStream, type Scale, simulate } from '@tandem/testkit/referral-stream'

const small: Scale = { days: 20, exigent: 12, dangerous: 16, low: 150, viral: 250 }
const prepared = prepare(referralStream('a test', small))
const { stream } = prepared

describe('the stream of referrals that judges triage', () => {
  test('is the same for the same seed, and another for another', () => {
    const digest = (seed: string): string =>
      createHash('sha256')
        .update(JSON.stringify(referralStream(seed, small)))
        .digest('hex')
    assert.equal(digest('a test'), digest('a test'))
    assert.notEqual(digest('a test'), digest('another test'))
  })

  test('arrives in order, and nobody is harmed before the first referral', () => {
    stream.referrals.forEach(({ id, at }, index) => {
      assert.equal(id, index)
      assert.ok(at >= (stream.referrals[index - 1]?.at ?? 0))
    })
    for (const { id, harmAt } of stream.people) {
      const first = stream.referrals.find(({ person }) => person === id)
      assert.ok(first !== undefined && (harmAt === null || harmAt > first.at))
    }
  })

  test('on every day each referral received stands in exactly one cluster', () => {
    for (const clusters of [prepared.linked, prepared.anyValue(), prepared.trueLinks]) {
      clusters.forEach((onDay, day) => {
        const members = onDay.flatMap(({ members }) => members.map(({ referral }) => referral)).sort((a, b) => a - b)
        const received = stream.referrals.filter(({ at }) => at < (day + 1) * 24).map(({ id }) => id)
        assert.deepEqual(members, received)
        for (const { members } of onDay) for (const { link } of members) assert.ok(link >= 400 && link <= 1000)
      })
    }
  })

  test('every policy is given the same work: the same outcome twice, and never more than a day holds', () => {
    for (const policy of policies) {
      const outcome = simulate(prepared, policy, { tells: 350, furtherCost: 100 })
      assert.deepEqual(simulate(prepared, policy, { tells: 350, furtherCost: 100 }), outcome)
      assert.ok(outcome.exigent <= mostFindable(stream, { tells: 350, furtherCost: 100 }))
      assert.ok(outcome.exigent >= 0 && outcome.exigent <= 1 && outcome.dangerous <= 1)
      assert.ok(outcome.looks > 0 && outcome.looks <= Math.min(stream.referrals.length, stream.days * 12 * 10))
    }
  })

  test('links by any value make one heap, and suppression does not', () => {
    const largest = (policy: (typeof policies)[number]) =>
      simulate(prepared, policy, { tells: 350, furtherCost: 100 }).largest
    assert.ok(largest('log-odds, linked by any value') > 3 * largest('log-odds, linked'))
  })
})
