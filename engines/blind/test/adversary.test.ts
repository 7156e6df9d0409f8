import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { concat, hex } from '../src/bytes.ts'
import {
  ask,
  askerHears,
  askerStops,
  holderAccepts,
  holderHears,
  holderHearsRequest,
  holderRefuses,
  inThisThread,
  type RunProblem,
} from '../src/run/index.ts'
import { ristretto255 } from '../src/suite/index.ts'
import { chunkBytes } from '../src/wire/chunk.ts'
import { type Frame, frameBytes, longestFrame, readFrame } from '../src/wire/frame.ts'
import {
  approved,
  chance,
  holderOutcome,
  hour,
  now,
  type OnTheWay,
  outcomeOf,
  phones,
  type RunOptions,
  requestOf,
  runBetween,
  testPair,
} from './party.ts'

const few = phones(0, 3)

/** No run below may end in an answer on the asker's side; `why` is what each side says. */
async function endsWithout(
  options: RunOptions,
  why: { readonly asker?: RunProblem; readonly their?: RunProblem; readonly holder?: RunProblem },
): Promise<void> {
  const { asker, holder } = await runBetween(few, few, options)
  if (why.asker !== undefined) {
    const outcome = outcomeOf(asker)
    assert.ok(outcome.is === 'no answer', 'an answer was given')
    assert.deepEqual([outcome.why, outcome.theirReason], [why.asker, why.their ?? null])
    assert.match(outcome.says, /no answer/)
  }
  if (why.holder !== undefined) {
    const outcome = holderOutcome(holder)
    assert.ok(outcome.is === 'no answer')
    assert.equal(outcome.why, why.holder)
  }
}

const changed = (bytes: Uint8Array, change: Partial<Frame>): Uint8Array => {
  const frame = readFrame(bytes)
  assert.ok(frame)
  return frameBytes({ ...frame, ...change })
}
const kindOf = (bytes: Uint8Array) => readFrame(bytes)?.kind

/** Changes the first message of a kind. */
const altering = (kind: Frame['kind'], change: (frame: Frame) => Partial<Frame>): OnTheWay => {
  let done = false
  return (bytes) => {
    const frame = readFrame(bytes)
    if (done || frame?.kind !== kind) return bytes
    done = true
    return changed(bytes, change(frame))
  }
}

describe('a request is refused, with the reason,', () => {
  const cases: readonly (readonly [what: string, options: RunOptions, their: RunProblem])[] = [
    ['of another epoch', { request: requestOf({ epoch: '2026-04' }) }, 'epoch'],
    ['for a kind that is not open', { request: requestOf({ kinds: ['iban', 'phone'] }) }, 'kind'],
    ['to somebody else', { request: requestOf({ holder: 'Third Agency' }) }, 'other-run'],
    ['from its own addressee', { request: requestOf({ asker: 'Revenue Agency' }) }, 'other-run'],
    ['of more than the holder takes', { request: requestOf({ mostAsked: 2 ** 20 }) }, 'size'],
    ['that its holder may not fill', { request: requestOf({ mostHeld: 16 }), pair: testPair() }, 'size'],
    ['over the quota', { pair: testPair({ holder: { takeQuota: async () => false } }) }, 'quota'],
    ['when the list is in no ledger', { pair: testPair({ holder: { isRecorded: async () => false } }) }, 'commitment'],
    ['when nobody on the holder side approves', { approvals: [] }, 'approval'],
    ['when it came before', { pair: testPair({ holder: { isNewRequest: async () => false } }) }, 'repeated'],
  ]
  for (const [what, options, their] of cases) {
    test(what, async () => {
      const held = their === 'size' && options.request?.mostHeld === 16 ? phones(0, 20) : few
      const { asker, holder } = await runBetween(few, held, options)
      const [ours, theirs] = [outcomeOf(asker), holderOutcome(holder)]
      assert.ok(ours.is === 'no answer' && theirs.is === 'no answer')
      assert.deepEqual([ours.why, ours.theirReason, theirs.why], ['refused', their, their])
    })
  }

  test('before it leaves, when it could never be accepted', async () => {
    const { asker } = testPair()
    const refusals: readonly (readonly [Parameters<typeof requestOf>[0], RunProblem])[] = [
      [{ approvals: [{ person: 'a', role: 'requester', at: now }] }, 'approval'],
      [
        {
          approvals: [
            { person: 'a', role: 'requester', at: now },
            { person: 'a', role: 'approver', at: now },
          ],
        },
        'approval',
      ],
      [{ expiresAt: now - 1 }, 'expired'],
      [{ expiresAt: now + 30 * 24 * hour }, 'malformed'],
      [{ issuedAt: now + hour, expiresAt: now + 2 * hour }, 'malformed'],
      [{ mostAsked: 1000 }, 'malformed'],
      [{ kinds: ['email'] }, 'kind'],
      [{ nonce: 'short' }, 'malformed'],
    ]
    for (const [change, why] of refusals) {
      const begun = await ask(requestOf(change), few, asker, now)
      assert.ok(!begun.ok)
      assert.equal(begun.error, why)
    }
    const large = await ask(requestOf({ mostAsked: 16 }), phones(0, 16), asker, now)
    assert.ok(!large.ok && large.error === 'size')
  })

  test('by a person, and the asker learns that it was refused and not that nothing is held', async () => {
    const { asker, holder } = testPair()
    const begun = await ask(requestOf(), few, asker, now)
    assert.ok(begun.ok && begun.value.send)
    const heard = await holderHearsRequest(begun.value.send, holder, now)
    const no = await holderRefuses(heard.state, 'approval', holder)
    assert.ok(no.send)
    const { state } = await askerHears(begun.value.state, no.send, asker, now)
    const outcome = outcomeOf(state)
    assert.ok(outcome.is === 'no answer' && outcome.why === 'refused' && outcome.theirReason === 'approval')
  })
})

describe('a lying or broken peer gives no answer:', () => {
  test('a message of another run', async () => {
    const earlier = await runBetween(few, few)
    for (const kind of ['acceptance', 'commitment', 'evaluated', 'outputs', 'closing'] as const) {
      const old = earlier.messages.find(({ bytes, direction }) => kindOf(bytes) === kind && direction === 'to asker')
      assert.ok(old)
      const onTheWay: OnTheWay = (bytes, direction) =>
        direction === 'to asker' && kindOf(bytes) === kind ? old.bytes : bytes
      await endsWithout({ onTheWay }, { asker: 'other-run' })
    }
    for (const kind of ['commitment', 'blinded', 'next', 'closing'] as const) {
      const old = earlier.messages.find(({ bytes, direction }) => kindOf(bytes) === kind && direction === 'to holder')
      assert.ok(old)
      const onTheWay: OnTheWay = (bytes, direction) =>
        direction === 'to holder' && kindOf(bytes) === kind ? old.bytes : bytes
      await endsWithout({ onTheWay }, { asker: 'refused', their: 'other-run', holder: 'other-run' })
    }
  })

  test('a body of another run under the head of this one', async () => {
    const earlier = await runBetween(few, few)
    for (const kind of ['acceptance', 'commitment', 'closing'] as const) {
      const old = earlier.messages.find(({ bytes, direction }) => kindOf(bytes) === kind && direction === 'to asker')
      assert.ok(old)
      const body = readFrame(old.bytes)?.body
      assert.ok(body)
      const onTheWay: OnTheWay = (bytes, direction) =>
        direction === 'to asker' && kindOf(bytes) === kind ? changed(bytes, { body }) : bytes
      const { asker } = await runBetween(few, few, { onTheWay })
      const outcome = outcomeOf(asker)
      assert.ok(outcome.is === 'no answer' && ['other-run', 'refused'].includes(outcome.why), kind)
    }
  })

  test('a request that is sent twice', async () => {
    const pair = testPair()
    const first = await runBetween(few, few, { pair })
    const [request] = first.messages
    assert.ok(request)
    const again = await holderHearsRequest(request.bytes, pair.holder, now)
    const outcome = holderOutcome(again.state)
    assert.ok(outcome.is === 'no answer' && outcome.why === 'repeated')
  })

  test('roles that are swapped', async () => {
    const pair = testPair()
    const begun = await ask(requestOf(), few, pair.asker, now)
    assert.ok(begun.ok && begun.value.send)
    const swapped = { ...pair.asker, ...pair.holder, sign: pair.asker.sign, verifyPeer: pair.holder.verifyPeer }
    const own = await askerHears(begun.value.state, begun.value.send, swapped, now)
    const mirrored = outcomeOf(own.state)
    assert.ok(mirrored.is === 'no answer' && mirrored.why === 'other-run')
    // The asker's own commitment, sent back as if it were the holder's.
    let mine: Uint8Array | null = null
    const onTheWay: OnTheWay = (bytes, direction) => {
      const frame = readFrame(bytes)
      if (frame?.kind !== 'commitment') return bytes
      if (direction === 'to holder') mine = frame.body
      return direction === 'to asker' && mine !== null ? changed(bytes, { body: mine }) : bytes
    }
    await endsWithout({ onTheWay }, { asker: 'signature' })
  })

  test('elements that are the identity or not canonical, from either side', async () => {
    for (const bad of [new Uint8Array(32), new Uint8Array(32).fill(255), Uint8Array.of(1, ...new Uint8Array(31))]) {
      const into = ({ body }: Frame) => ({ body: concat(body.subarray(0, 4), bad, body.subarray(36)) })
      await endsWithout({ onTheWay: altering('evaluated', into) }, { asker: 'element' })
      const asked = { onTheWay: altering('blinded', into) }
      await endsWithout(asked, { asker: 'refused', their: 'element', holder: 'element' })
    }
  })

  test('one changed bit anywhere in any message', { timeout: 120_000 }, async () => {
    const plain = await runBetween(few, few)
    const lengths = plain.messages.map(({ bytes }) => bytes.length)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: lengths.length - 1 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        fc.integer({ min: 0, max: 7 }),
        async (message, share, bit) => {
          const place = Math.floor(share * (lengths[message] ?? 1))
          const { asker } = await runBetween(few, few, {
            onTheWay: (bytes, _, at) =>
              at === message ? bytes.map((byte, n) => (n === place ? byte ^ (1 << bit) : byte)) : bytes,
          })
          // A holder that cannot tell who asks says nothing: the asker then waits until it is too late.
          if (asker.at === 'over') assert.equal(outcomeOf(asker).is, 'no answer', `message ${message}, byte ${place}`)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('outputs out of thin air: without the control an empty result would mean nothing', async () => {
    const compute: typeof inThisThread = async (job) =>
      job.do === 'output' ? job.inputs.map(() => chance(16)) : inThisThread(job)
    await endsWithout({ pair: testPair({ holder: { compute } }) }, { asker: 'contradiction' })
  })

  test('one output many times over', async () => {
    const compute: typeof inThisThread = async (job) => {
      const made = await inThisThread(job)
      return job.do === 'output' ? (made?.map((each, at) => (at === 1 ? (made[0] ?? each) : each)) ?? null) : made
    }
    await endsWithout({ pair: testPair({ holder: { compute } }) }, { asker: 'contradiction' })
  })

  test('another key for the questions than for the list', async () => {
    const other = ristretto255.randomScalar(chance)
    const compute: typeof inThisThread = (job) => inThisThread(job.do === 'evaluate' ? { ...job, secret: other } : job)
    await endsWithout({ pair: testPair({ holder: { compute } }) }, { asker: 'contradiction' })
  })

  test('a key that was used before', async () => {
    const pair = testPair({ asker: { isKeyKnown: async () => true } })
    await endsWithout({ pair }, { asker: 'key-reuse' })
  })

  test('a list that stands in no ledger, or is longer than agreed', async () => {
    const pair = testPair({ asker: { isRecorded: async () => false } })
    await endsWithout({ pair }, { asker: 'commitment' })
  })

  test('chunks that are short, long, doubled or in another order', async () => {
    const bodies: readonly ((frame: Frame) => Partial<Frame>)[] = [
      ({ body }) => ({ body: body.subarray(0, -1) }),
      ({ body }) => ({ body: concat(body, body.subarray(4, 36)) }),
      ({ body }) => ({ body: concat(Uint8Array.of(0, 0, 0, 1), body.subarray(4)) }),
      () => ({ body: new Uint8Array(0) }),
      () => ({ body: chunkBytes(0, []) }),
    ]
    for (const body of bodies) {
      await endsWithout({ onTheWay: altering('evaluated', body) }, { asker: 'malformed' })
      await endsWithout({ onTheWay: altering('outputs', body) }, { asker: 'malformed' })
      await endsWithout(
        { onTheWay: altering('blinded', body) },
        { holder: 'malformed', asker: 'refused', their: 'malformed' },
      )
    }
  })

  test('a message before its turn', async () => {
    await endsWithout({ onTheWay: altering('acceptance', () => ({ kind: 'evaluated' })) }, { asker: 'out-of-turn' })
    await endsWithout(
      { onTheWay: altering('blinded', () => ({ kind: 'closing' })) },
      { asker: 'refused', their: 'out-of-turn', holder: 'out-of-turn' },
    )
  })

  test('a forged refusal is not taken for one', async () => {
    await endsWithout({ onTheWay: altering('acceptance', () => ({ kind: 'refusal' })) }, { asker: 'malformed' })
  })
})

describe('at the border', () => {
  test('bytes at random are never a message, and never a fault', async () => {
    const { holder, asker } = testPair()
    const begun = await ask(requestOf(), few, asker, now)
    assert.ok(begun.ok)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (noise, marked) => {
        const bytes = marked ? concat(Uint8Array.of(0x54, 0x42, 0x4c, 0x44, 1, 1), noise) : noise
        const heard = await holderHearsRequest(bytes, holder, now)
        assert.ok(heard.state.at === 'over' && heard.state.outcome.is === 'no answer' && heard.send === null)
        const back = await askerHears(begun.value.state, bytes, asker, now)
        assert.equal(outcomeOf(back.state).is, 'no answer')
      }),
      { numRuns: 200 },
    )
    assert.equal(readFrame(new Uint8Array(longestFrame + 1)), null)
  })

  test('a person ends the run on either side, and the other is told', async () => {
    const pair = testPair()
    const begun = await ask(requestOf(), few, pair.asker, now)
    assert.ok(begun.ok && begun.value.send)
    const heard = await holderHearsRequest(begun.value.send, pair.holder, now)
    const yes = await holderAccepts(heard.state, approved, few, pair.holder, now)
    assert.ok(yes.send)
    const committed = await askerHears(begun.value.state, yes.send, pair.asker, now)
    const stopped = await askerStops(committed.state, pair.asker)
    assert.ok(stopped.send)
    assert.equal(outcomeOf(stopped.state).is, 'no answer')
    const told = await holderHears(yes.state, stopped.send, pair.holder, now)
    // The commitment that never came makes the message one of another place: either way there is no answer.
    assert.equal(holderOutcome(told.state).is, 'no answer')
  })

  test('no message holds an input, a reference or a person of the holder in the clear', async () => {
    const { messages } = await runBetween(few, few)
    const whole = messages.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('\n')
    for (const { inputs, reference } of few) {
      assert.ok(!whole.includes(Buffer.from(inputs[0] ?? []).toString('latin1')))
      assert.ok(!whole.includes(`"${reference}"`))
      assert.ok(!whole.includes(hex(inputs[0] ?? new Uint8Array(1))))
    }
  })
})
