import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  beginEpoch,
  grantFor,
  isLookupOffer,
  isLookupRequest,
  issueTokens,
  type LookupOffer,
  type LookupRequest,
  lookupRequestProblem,
  type Offered,
  offerBytes,
  offerProblem,
  readOffer,
  tokenOf,
} from '../src/lookup/index.ts'
import { inThisThread } from '../src/run/index.ts'
import { chance, hour, now, phones } from './party.ts'

const request: LookupRequest = {
  version: 1,
  suite: 'ristretto255-SHA512',
  asker: 'Crime Agency',
  holder: 'Revenue Agency',
  operation: 'Operation Test',
  authority: 'A-1',
  purpose: 'Before acting',
  kinds: ['email', 'phone'],
  lookups: 5,
  issuedAt: now,
  expiresAt: now + hour,
  nonce: '0'.repeat(64),
  approvals: [
    { person: 'one', role: 'requester', at: now },
    { person: 'two', role: 'approver', at: now },
  ],
}
const between = { asker: 'Crime Agency', holder: 'Revenue Agency' }
const digest = 'ab'.repeat(32)
const grant = grantFor(request, digest)
const epoch = await beginEpoch(
  { holder: request.holder, epoch: grant.epoch, expiresAt: request.expiresAt },
  phones(0, 3),
  chance,
  inThisThread,
)
assert.ok(epoch)
const offer: LookupOffer = {
  version: 1,
  request: digest,
  grant,
  list: epoch.list,
  listedAt: now,
  desk: 'Desk 4',
  approvals: [{ person: 'three', role: 'approver', at: now }],
}

describe('a request for lookups', () => {
  test('takes two people of the asker, lives at most a week, and is for whom it names', () => {
    assert.ok(isLookupRequest(request))
    const why = (change: Partial<LookupRequest>, at = now) =>
      lookupRequestProblem({ ...request, ...change }, between, at)
    assert.equal(why({}), null)
    assert.equal(why({ asker: 'Other' }), 'other-run')
    assert.equal(why({ holder: 'Other' }), 'other-run')
    assert.equal(why({ kinds: ['event'] }), 'kind')
    assert.equal(why({}, request.expiresAt), 'expired')
    assert.equal(why({ expiresAt: now + 8 * 24 * hour }), 'malformed')
    assert.equal(why({ approvals: request.approvals.slice(0, 1) }), 'approval')
    const alone = request.approvals.map((each) => ({ ...each, person: 'one' }))
    assert.equal(why({ approvals: alone }), 'approval')
    for (const change of [{ lookups: 0 }, { lookups: 1001 }, { kinds: [] }, { kinds: ['phone', 'email'] }, { more: 1 }])
      assert.equal(isLookupRequest({ ...request, ...change }), false)
  })
})

describe('an offer', () => {
  test('is for this request and no other, in every part', () => {
    assert.ok(isLookupOffer(offer))
    const why = (change: Partial<LookupOffer>, at = now) =>
      offerProblem({ ...offer, ...change }, { request, digest }, at)
    assert.equal(why({}), null)
    assert.equal(why({ request: 'cd'.repeat(32) }), 'other-run')
    assert.equal(why({ grant: { ...grant, id: '0'.repeat(32) } }), 'other-run')
    assert.equal(why({ grant: { ...grant, asker: 'Other' } }), 'other-run')
    assert.equal(why({ grant: { ...grant, authority: 'A-2' } }), 'other-run')
    assert.equal(why({ grant: { ...grant, kinds: ['phone'] } }), 'kind')
    assert.equal(why({ grant: { ...grant, tokens: 7 } }), 'size')
    assert.equal(why({ grant: { ...grant, epoch: 'x' } }), 'epoch')
    assert.equal(why({ grant: { ...grant, expiresAt: now + 2 * hour } }), 'expired')
    assert.equal(why({ list: { ...epoch.list, epoch: 'x' } }), 'epoch')
    assert.equal(why({ list: { ...epoch.list, holder: 'Other' } }), 'other-run')
    assert.equal(why({ list: { ...epoch.list, expiresAt: now } }), 'expired')
    assert.equal(why({}, request.expiresAt), 'expired')
    assert.equal(why({ approvals: [{ person: 'three', role: 'requester', at: now }] }), 'approval')
  })

  const part = (most: number) => fc.uint8Array({ minLength: 0, maxLength: most })
  const offered: fc.Arbitrary<Offered> = fc.record({
    statement: part(60),
    receipt: part(60),
    outputs: fc.array(fc.uint8Array({ minLength: 16, maxLength: 16 }), { maxLength: 5 }),
    macs: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 5 }),
  })

  test('is read as it was written, and never otherwise', () => {
    fc.assert(fc.property(offered, (given) => assert.deepEqual(readOffer(offerBytes(given)), { ...given })))
    fc.assert(
      fc.property(offered, fc.nat(), (given, at) => {
        const bytes = offerBytes(given)
        const read = readOffer(bytes.slice(0, at % bytes.length))
        // What is cut off between two tokens is an offer with fewer: the statement says how many there must be.
        if (read !== null) assert.ok(read.macs.length < given.macs.length)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const read = readOffer(bytes)
        if (read !== null) assert.deepEqual(offerBytes(read), bytes)
      }),
    )
  })

  test('has a token for each number of the grant, and none beyond', () => {
    const macs = issueTokens(chance(32), grant).map(({ mac }) => mac)
    assert.equal(macs.length, request.lookups + 1)
    assert.equal(tokenOf(grant, macs, 5)?.number, 5)
    assert.equal(tokenOf(grant, macs, 6), null)
    assert.equal(tokenOf(grant, macs.slice(1), 0), null)
  })
})
