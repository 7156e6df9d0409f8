import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { auditAsked, auditHeld, openAsked } from '../src/audit/index.ts'
import { hex } from '../src/bytes.ts'
import { open } from '../src/commit/index.ts'
import { canaryInput, type Entry, inputOf, sample } from '../src/entries/index.ts'
import {
  answerOne,
  askOne,
  beginEpoch,
  controlOf,
  type Grant,
  issueTokens,
  readAnswer,
  readOutputs,
} from '../src/lookup/index.ts'
import { ComputePool } from '../src/pool/index.ts'
import { quotaInMemory, takeFromQuota } from '../src/quota/index.ts'
import { approveRelease, isRelease, proposeRelease, readRelease } from '../src/release/index.ts'
import { inThisThread } from '../src/run/index.ts'
import { askerAlarms } from '../src/run/watch.ts'
import { ristretto255 } from '../src/suite/index.ts'
import { chance, holderOutcome, hour, now, outcomeOf, phones, runBetween, testPair } from './party.ts'

async function finished(asked: readonly Entry[], held: readonly Entry[], pair = testPair()) {
  const run = await runBetween(asked, held, { pair })
  const [ours, theirs] = [outcomeOf(run.asker), holderOutcome(run.holder)]
  assert.ok(ours.is === 'answered' && theirs.is === 'answered')
  return { ours, theirs: theirs.record }
}

describe('release of hits', () => {
  test('takes two people, and shows the other side its own entries and no other', async () => {
    const { ours, theirs } = await finished(phones(0, 5), phones(3, 5))
    const proposal = proposeRelease(ours.run, ours.hits, ['p3'], { desk: 'Desk 4', by: 'analyst', at: now })
    assert.ok(proposal.ok)
    const alone = approveRelease(proposal.value, 'analyst', now)
    assert.ok(!alone.ok && alone.error === 'same-person')
    const release = approveRelease(proposal.value, 'manager', now)
    assert.ok(release.ok && isRelease(release.value))
    const read = readRelease(release.value, theirs, (reference) => `desk of ${reference}`)
    assert.ok(read.ok)
    assert.deepEqual(read.value.references, ['p3'])
    assert.deepEqual(
      read.value.pointers.pointers.map(({ desk }) => desk),
      ['desk of p3'],
    )
    assert.deepEqual(read.value.alarms, [])
    assert.ok(!JSON.stringify(release.value).includes('p3'))
  })

  test('of what is no hit, of nothing, or of another run is refused; what was never answered rings', async () => {
    const { ours, theirs } = await finished(phones(0, 5), phones(3, 5))
    const by = { desk: 'Desk 4', by: 'analyst', at: now }
    assert.deepEqual(proposeRelease(ours.run, ours.hits, ['p0'], by), { ok: false, error: 'not-a-hit' })
    assert.deepEqual(proposeRelease(ours.run, ours.hits, [], by), { ok: false, error: 'nothing-chosen' })
    const proposal = proposeRelease(ours.run, ours.hits, ['p3', 'p4'], by)
    assert.ok(proposal.ok)
    const release = approveRelease(proposal.value, 'manager', now)
    assert.ok(release.ok)
    assert.equal(readRelease({ ...release.value, run: '00'.repeat(32) }, theirs, () => '').ok, false)
    const invented = readRelease({ ...release.value, outputs: ['00'.repeat(16)] }, theirs, () => '')
    assert.ok(invented.ok)
    assert.deepEqual(
      invented.value.alarms.map(({ code }) => code),
      ['unknown-release'],
    )
    const canary = [...theirs.byOutput].find(([, references]) => references.length === 0)?.[0] ?? ''
    const walked = readRelease({ ...release.value, outputs: [canary] }, { ...theirs, asked: 2 ** 20 }, () => '')
    assert.ok(walked.ok)
    assert.deepEqual(
      walked.value.alarms.map(({ code }) => code),
      ['canary-asked', 'few-hits'],
    )
    assert.deepEqual(walked.value.pointers.pointers, [])
  })

  test('alarms of the asker: a list that holds everything, and values that nobody has', () => {
    const codes = (hits: number, canaries: number) =>
      askerAlarms({ asked: 200, hits, canaries }).map(({ code }) => code)
    assert.deepEqual([codes(100, 0), codes(101, 0), codes(0, 1)], [[], ['many-hits'], ['canary-held']])
  })
})

describe('oversight', () => {
  test('finds every honest entry committed, sent and known', async () => {
    const entries = phones(0, 40)
    const known = new Set(entries.flatMap(({ inputs }) => inputs.map(hex)))
    const { ours, theirs } = await finished(entries, phones(30, 20))
    const every = sample(64, 64, chance)
    const asked = auditAsked(openAsked(ours.record, every), ours.record.commitment, theirs.seen, (input) =>
      known.has(hex(input)),
    )
    // Planted canaries are the asker's own and say so.
    assert.deepEqual(
      asked.findings.map(({ is }) => is),
      ['canary'],
    )
    assert.deepEqual([asked.opened, asked.filling], [64, 23])
    const held = auditHeld(open(theirs.places, sample(32, 32, chance)), theirs.commitment, (input) =>
      phones(30, 20).some(({ inputs }) => inputs.some((each) => hex(each) === hex(input))),
    )
    assert.deepEqual(
      held.findings.map(({ is }) => is),
      ['canary'],
    )
  })

  test('names an entry that is invented, not committed, or not what was sent', async () => {
    const { ours, theirs } = await finished(phones(0, 10), phones(0, 10))
    const { record } = ours
    const of = (is: string) => record.places.findIndex((place) => place.is === is)
    const judge = (openings: Parameters<typeof auditAsked>[0], seen = theirs.seen) =>
      auditAsked(openings, record.commitment, seen, () => false).findings.map(({ is }) => is)
    assert.deepEqual(judge(openAsked(record, [of('entry'), of('dummy'), of('control')])), ['invented'])
    const [opening] = openAsked(record, [of('entry')])
    assert.ok(opening)
    assert.deepEqual(judge([{ ...opening, input: inputOf('phone', '+15555555') }]), ['not-committed'])
    assert.deepEqual(judge([opening], theirs.seen.toReversed()), ['another'])
    assert.deepEqual(judge([{ ...opening, scalar: ristretto255.randomScalar(chance) }]), ['another'])
  })

  test('5 % invented entries and 100 openings: seen in more than 99 of 100 audits', () => {
    let seen = 0
    for (let trial = 0; trial < 2000; trial++) if (sample(100, 10_000, chance).some((index) => index < 500)) seen++
    assert.ok(seen / 2000 > 0.98, String(seen))
    assert.ok(Math.abs(1 - 0.95 ** 100 - 0.994) < 0.001)
  })
})

describe('a quota', () => {
  const rule = { questions: 1000, windowMilliseconds: 24 * hour }

  test('admits exactly what it is, of 200 at once', async () => {
    const store = quotaInMemory(rule)
    const answers = await Promise.all(Array.from({ length: 200 }, () => store.take('Crime Agency', 16, now)))
    assert.equal(answers.filter(({ admitted }) => admitted).length, Math.floor(1000 / 16))
    assert.ok((await store.take('Other Agency', 16, now)).admitted)
    assert.ok((await store.take('Crime Agency', 16, now + 24 * hour)).admitted)
  })

  test('is all or none, and refuses what is no number of questions', () => {
    const use = { windowStart: now - (now % rule.windowMilliseconds), used: 999 }
    for (const questions of [2, 0, -5, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(takeFromQuota(rule, use, questions, now).admitted, false, String(questions))
    }
    assert.deepEqual(takeFromQuota(rule, use, 1, now), {
      admitted: true,
      use: { ...use, used: 1000 },
      left: 0,
    })
  })
})

describe('a single lookup', async () => {
  const about = { holder: 'Revenue Agency', epoch: '2026-W19', expiresAt: now + 24 * hour }
  const grant: Grant = {
    version: 1,
    id: '0'.repeat(32),
    asker: 'Crime Agency',
    operation: 'Operation Test',
    authority: 'A-1',
    kinds: ['phone'],
    tokens: 5,
    epoch: about.epoch,
    expiresAt: now + hour,
  }
  const tokenKey = chance(32)
  const tokens = issueTokens(tokenKey, grant)
  const epoch = await beginEpoch(about, phones(0, 20), chance, inThisThread)
  assert.ok(epoch)
  const spent = new Set<string>()
  const tools = {
    epoch,
    chance,
    tokenKey,
    grantOf: async (id: string) => (id === grant.id ? grant : null),
    spend: async (id: string, number: number) => spent.size !== spent.add(`${id} ${number}`).size,
  }
  const outputs = readOutputs(epoch.list, epoch.outputs)
  assert.ok(outputs)
  const ask = (input: Uint8Array, number: number) => {
    const token = tokens[number]
    assert.ok(token)
    const question = askOne(input, token, chance)
    assert.ok(question)
    return question
  }
  const inputsOf = (from: number) => phones(from, 1)[0]?.inputs[0] ?? new Uint8Array(0)

  test('tells what is held, and a miss is a miss in the signed list only', async () => {
    for (const [input, expected, number] of [
      [inputsOf(3), 'held', 0],
      [inputsOf(99), 'not in this list', 1],
      [controlOf(about.epoch), 'held', 2],
    ] as const) {
      const question = ask(input, number)
      const answer = await answerOne(question.bytes, tools, now)
      assert.ok(answer.ok)
      assert.equal(readAnswer(question, answer.value, epoch.list, outputs).is, expected)
    }
  })

  test('spends one token a question: 200 at once with one token are one answer', async () => {
    const question = ask(inputsOf(3), 3)
    const answers = await Promise.all(Array.from({ length: 200 }, () => answerOne(question.bytes, tools, now)))
    assert.equal(answers.filter(({ ok }) => ok).length, 1)
    assert.ok(answers.every((answer) => answer.ok || answer.error === 'quota'))
  })

  test('refuses forged, foreign, late and broken questions without spending a token', async () => {
    const before = spent.size
    const good = ask(inputsOf(3), 4).bytes
    const bent = (at: number) => good.map((byte, place) => (place === at ? byte ^ 1 : byte))
    const why = async (bytes: Uint8Array, time = now, with_ = tools) => {
      const answer = await answerOne(bytes, with_, time)
      return answer.ok ? 'answered' : answer.error
    }
    assert.equal(await why(bent(0)), 'approval')
    assert.equal(await why(bent(19)), 'approval')
    assert.equal(await why(bent(30)), 'approval')
    assert.equal(await why(good.subarray(1)), 'malformed')
    assert.equal(await why(good, now + hour), 'expired')
    const identity = Uint8Array.from(good)
    identity.fill(0, 52)
    assert.equal(await why(identity), 'element')
    const next = await beginEpoch({ ...about, epoch: '2026-W20' }, [], chance, inThisThread)
    assert.ok(next)
    assert.equal(await why(good, now, { ...tools, epoch: next }), 'epoch')
    assert.equal(spent.size, before)
  })

  test('an answer under another key, or of another question, is none', async () => {
    const other = await beginEpoch(about, phones(0, 20), chance, inThisThread)
    assert.ok(other)
    const fresh = { ...tools, spend: async () => true }
    const [one, two] = [ask(inputsOf(3), 4), ask(inputsOf(4), 4)]
    const wrongKey = await answerOne(one.bytes, { ...fresh, epoch: other }, now)
    const right = await answerOne(one.bytes, fresh, now)
    assert.ok(wrongKey.ok && right.ok)
    assert.equal(readAnswer(one, wrongKey.value, epoch.list, outputs).is, 'no answer')
    assert.equal(readAnswer(two, right.value, epoch.list, outputs).is, 'no answer')
    assert.equal(readAnswer(one, right.value.subarray(1), epoch.list, outputs).is, 'no answer')
    assert.equal(readAnswer(one, right.value, epoch.list, outputs).is, 'held')
    assert.equal(readOutputs(epoch.list, epoch.outputs.slice(1)), null)
    assert.equal(readOutputs(epoch.list, other.outputs), null)
  })
})

describe('a pool of threads', () => {
  test('gives what one thread gives, in the same order, and forgets the key', async () => {
    const pool = new ComputePool(2)
    try {
      const secret = ristretto255.randomScalar(chance)
      const inputs = Array.from({ length: 7 }, (_, at) => inputOf('phone', `+1${at}`))
      const scalars = inputs.map((_, at) => (at === 3 ? null : ristretto255.randomScalar(chance)))
      const blinded = await pool.compute({ do: 'blind', inputs, scalars })
      assert.deepEqual(blinded, await inThisThread({ do: 'blind', inputs, scalars }))
      assert.ok(blinded)
      for (const job of [
        { do: 'evaluate', secret, elements: blinded },
        { do: 'output', secret, inputs },
        { do: 'unblind', inputs, scalars: inputs.map(() => secret), elements: blinded },
      ] as const) {
        assert.deepEqual(await pool.compute(job), await inThisThread(job))
      }
      assert.equal(await pool.compute({ do: 'evaluate', secret, elements: [new Uint8Array(32)] }), null)
      assert.deepEqual(await pool.compute({ do: 'evaluate', secret, elements: [] }), [])
      const { ours } = await finished(
        phones(0, 40),
        phones(20, 40),
        testPair({ asker: { compute: pool.compute }, holder: { compute: pool.compute } }),
      )
      assert.equal(ours.hits.length, 20)
    } finally {
      await pool.close()
    }
    await assert.rejects(pool.compute({ do: 'evaluate', secret: chance(32), elements: [chance(32)] }), /closed/)
  })
})

test('a canary has the form of a real value', () => {
  assert.match(Buffer.from(canaryInput('ip', chance)).toString(), /^ip\0[\d.]+$/)
})
