import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { makeIdentity } from '../age/recipient.ts'
import { Secret } from '../keys/secret.ts'
import { Gathering, splitSecret } from '../quorum/quorum.ts'
import { makeSigningKey, verificationKeyOf } from '../statement/signing-key.ts'
import { openNested, sealNested } from './nested.ts'
import { approveOpening, checkOpening, isOpenAt, type OpeningRequest } from './opening.ts'

const secretOf = (text: string): Secret => Secret.of(Buffer.from(text, 'utf8'))

describe('a recovery key nested for two agencies', async () => {
  const [owner, other] = [await makeIdentity(), await makeIdentity()]
  const recovery = randomBytes(32)
  const nested = await sealNested(
    Secret.of(Buffer.from(recovery)),
    { agency: 'agency-a', recipient: owner.recipient },
    { agency: 'agency-b', recipient: other.recipient },
  )
  assert.ok(nested.ok)

  it('opens with both, in their order, and with nothing less', async () => {
    const opened = await openNested(nested.value, secretOf(owner.identity), secretOf(other.identity))
    assert.ok(opened.ok)
    assert.ok(opened.value.lend((bytes) => bytes.equals(recovery)))
    for (const [inner, outer] of [
      [owner, owner],
      [other, other],
      [other, owner],
    ] as const) {
      const refused = await openNested(nested.value, secretOf(inner.identity), secretOf(outer.identity))
      assert.equal(refused.ok, false)
    }
  })

  it('one agency alone is refused before anything is sealed', async () => {
    const alone = { agency: 'agency-a', recipient: owner.recipient }
    await assert.rejects(sealNested(secretOf('x'), alone, { ...alone, recipient: other.recipient }), TypeError)
    await assert.rejects(sealNested(secretOf('x'), alone, { ...alone, agency: 'agency-b' }), TypeError)
  })

  it('over every pair of subsets of shares it opens just where both quorums are there', async () => {
    const officers = ['Test One', 'Test Two', 'Test Three']
    const split = async (identity: string) => {
      const made = await splitSecret(secretOf(identity), 'break-glass', 2, officers)
      assert.ok(made.ok)
      return made.value
    }
    const [a, b] = [await split(owner.identity), await split(other.identity)]
    const subsets = Array.from({ length: 8 }, (_, mask) => [0, 1, 2].filter((bit) => (mask >> bit) & 1))
    const gather = async (from: typeof a, subset: number[]) => {
      const gathering = new Gathering(from.quorum)
      for (const index of subset) gathering.add(from.shares[index]?.text ?? '')
      return gathering.open()
    }
    let opened = 0
    for (const left of subsets) {
      for (const right of subsets) {
        const [one, two] = [await gather(a, left), await gather(b, right)]
        const isOpen: boolean = one.ok && two.ok && (await openNested(nested.value, one.value, two.value)).ok
        assert.equal(isOpen, left.length >= 2 && right.length >= 2)
        if (isOpen) opened++
      }
    }
    assert.equal(opened, 16)
  })
})

describe('an opening', () => {
  const [requester, approver] = [makeSigningKey(), makeSigningKey()]
  const keys = { requester, approver }
  const publicKeys = { requester: verificationKeyOf(requester), approver: verificationKeyOf(approver) }
  const request: OpeningRequest = {
    opening: 'opening-1',
    cell: 'cell-1',
    owner: 'agency-a',
    requestedBy: { agency: 'agency-a', person: 'Test Requester' },
    records: ['record-1', 'record-2'],
    reason: 'A child is believed to be in danger tonight; the officers with keys are not reachable.',
    requestedAt: '2026-05-04T02:00:00Z',
    minutes: 30,
  }
  const by = { agency: 'agency-b', person: 'Test Approver' }
  const at = '2026-05-04T02:10:00Z'
  const code = (made: ReturnType<typeof approveOpening>): string | null => (made.ok ? null : made.error.code)

  it('takes two people of two agencies, who sign the same words', () => {
    const made = approveOpening(request, by, at, keys)
    assert.ok(made.ok)
    assert.ok(checkOpening(made.value, publicKeys).ok)
    const wider = { ...made.value, request: { ...request, records: [...request.records, 'record-3'] } }
    assert.equal(checkOpening(wider, publicKeys).ok, false)
    assert.equal(checkOpening({ ...made.value, approvedAt: '2026-05-04T02:11:00Z' }, publicKeys).ok, false)
    const swapped = { requester: publicKeys.approver, approver: verificationKeyOf(makeSigningKey()) }
    assert.equal(checkOpening(made.value, swapped).ok, false)
  })

  it('is refused to one person, one agency, one key, and to a request of yesterday', () => {
    assert.equal(code(approveOpening(request, { ...by, person: 'Test Requester' }, at, keys)), 'same-person')
    assert.equal(code(approveOpening(request, by, at, { requester, approver: requester })), 'same-person')
    assert.equal(code(approveOpening(request, { ...by, agency: 'agency-a' }, at, keys)), 'same-agency')
    assert.equal(code(approveOpening(request, by, '2026-05-05T02:10:00Z', keys)), 'too-late')
    assert.equal(code(approveOpening(request, by, '2026-05-04T01:59:59Z', keys)), 'too-late')
  })

  it('names its records, says why and how long', () => {
    for (const wrong of [
      { reason: 'urgent' },
      { records: [] },
      { records: ['record-1', 'record-1'] },
      { minutes: 61 },
      { minutes: 0 },
      { minutes: 1.5 },
      { requestedAt: 'tonight' },
    ]) {
      assert.equal(code(approveOpening({ ...request, ...wrong }, by, at, keys)), 'request-incomplete')
    }
  })

  it('ends with its last minute', () => {
    const made = approveOpening(request, by, at, keys)
    assert.ok(made.ok)
    assert.equal(isOpenAt(made.value, '2026-05-04T02:09:59.999Z'), false)
    assert.equal(isOpenAt(made.value, at), true)
    assert.equal(isOpenAt(made.value, '2026-05-04T02:39:59.999Z'), true)
    assert.equal(isOpenAt(made.value, '2026-05-04T02:40:00Z'), false)
  })
})
