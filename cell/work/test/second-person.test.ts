import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { itemOf, oneReferral } from './reports.ts'
import { type Desk, deskOf, openWork, type QueueItem, refusal, type TestWork } from './support.ts'

describe('P1 down takes two people', () => {
  let work: TestWork
  let analyst: Desk
  let second: Desk
  const urgent = (about = {}): Promise<QueueItem> => oneReferral(work, work.founded.national, { level: 'P1', ...about })
  const now = (id: string): Promise<QueueItem> => itemOf(work, work.founded.national, id)
  const propose = async (item: QueueItem): Promise<string> => {
    const answer = await analyst.setPriority(item.id, item.version, 'P3')
    assert.ok(answer.outcome === 'proposed')
    return answer.proposal
  }

  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
    second = await deskOf(work, work.founded.national.secondAnalyst)
  })
  after(() => work.close())

  test('one person only proposes; another one approves by typing the number', async () => {
    const item = await urgent()
    const proposal = await propose(item)
    assert.equal((await now(item.id)).priority.effective, 'P1')
    assert.ok((await second.pending()).proposals.some(({ id, mine }) => id === proposal && !mine))
    assert.equal(await refusal(analyst.settle(proposal, item.number)), 'TANDEM-STATE-004')
    assert.equal(await refusal(second.settle(proposal, item.number + 1)), 'TANDEM-INPUT-001')
    const safeguarder = await deskOf(work, work.founded.national.safeguardingOfficer)
    assert.equal(await refusal(safeguarder.settle(proposal, item.number)), 'TANDEM-AUTH-002')
    const settled = await second.settle(proposal, item.number)
    assert.equal(settled.state, 'approved')
    const lowered = await now(item.id)
    assert.deepEqual([lowered.priority.effective, lowered.priority.confirmed], ['P3', 'P3'])
    const { decisions } = await analyst.show(item.id)
    assert.deepEqual(
      decisions.map(({ by, reason, proposal }) => [by, reason, proposal?.by, proposal?.reason]),
      [['Test Second Analyst National', 'read again and agreed', 'Test Analyst National', 'seen and judged']],
    )
    assert.equal(await refusal(second.settle(proposal, item.number)), 'TANDEM-STATE-002')
  })

  test('a refused proposal lowers nothing, and a second one waits for the first', async () => {
    const item = await urgent()
    const proposal = await propose(item)
    assert.equal(await refusal(second.setPriority(item.id, item.version, 'P2')), 'TANDEM-STATE-001')
    assert.equal((await second.settle(proposal, item.number, false)).state, 'refused')
    assert.equal((await now(item.id)).priority.effective, 'P1')
  })

  test('two colleagues approve at once: one decision', async () => {
    const item = await urgent()
    const proposal = await propose(item)
    const manager = await deskOf(work, work.founded.national.dutyManager)
    const outcomes = await Promise.allSettled([
      second.settle(proposal, item.number),
      manager.settle(proposal, item.number),
    ])
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal((await analyst.show(item.id)).decisions.length, 1)
  })

  test('what came between proposal and approval keeps it at P1', async () => {
    const item = await urgent({ urn: 'TEST-SECOND-1' })
    const proposal = await propose(item)
    await oneReferral(work, work.founded.national, {
      urn: 'TEST-SECOND-2',
      supplements: 'TEST-SECOND-1',
      annotations: ['sextortion'],
    })
    await second.settle(proposal, item.number)
    const after = await now(item.id)
    assert.deepEqual([after.priority.confirmed, after.priority.effective], ['P3', 'P1'])
  })

  test('what came between and calls for a P2 keeps it there, and the approval counts all the same', async () => {
    const item = await urgent({ urn: 'TEST-SECOND-7' })
    const proposal = await propose(item)
    await oneReferral(work, work.founded.national, {
      urn: 'TEST-SECOND-8',
      supplements: 'TEST-SECOND-7',
      annotations: ['liveStreaming'],
    })
    const settled = await second.settle(proposal, item.number)
    assert.deepEqual([settled.state, settled.effectivePriority], ['approved', 'P2'])
    const lowered = await now(item.id)
    assert.deepEqual([lowered.priority.confirmed, lowered.priority.effective], ['P3', 'P2'])
  })

  test('a decision made since the proposal outweighs it', async () => {
    const item = await urgent()
    const proposal = await propose(item)
    const manager = await deskOf(work, work.founded.national.dutyManager)
    assert.equal((await manager.setPriority(item.id, (await now(item.id)).version, 'P1')).outcome, 'decided')
    assert.equal(await refusal(second.settle(proposal, item.number)), 'TANDEM-STATE-001')
    assert.equal((await now(item.id)).priority.effective, 'P1')
  })

  test('what a person raised is not folded behind what comes later', async () => {
    const early = await oneReferral(work, work.founded.national, {
      urn: 'TEST-SECOND-10',
      supplements: 'TEST-SECOND-9',
    })
    assert.equal((await analyst.setPriority(early.id, early.version, 'P1')).outcome, 'decided')
    await oneReferral(work, work.founded.national, { urn: 'TEST-SECOND-9' })
    const still = await now(early.id)
    assert.deepEqual([still.state, still.priority.effective], ['open', 'P1'])
  })

  test('something new raises it again after two people lowered it', async () => {
    const item = await urgent({ urn: 'TEST-SECOND-3' })
    await second.settle(await propose(item), item.number)
    await oneReferral(work, work.founded.national, {
      urn: 'TEST-SECOND-4',
      supplements: 'TEST-SECOND-3',
      annotations: ['meetingPlanned'],
    })
    assert.equal((await now(item.id)).priority.effective, 'P1')
  })

  test('the like of what a person lowered comes back as a P1 of its own, never folded out of sight', async () => {
    const item = await urgent({ urn: 'TEST-SECOND-5' })
    await second.settle(await propose(item), item.number)
    const again = await urgent({ urn: 'TEST-SECOND-6', supplements: 'TEST-SECOND-5' })
    const seen = await now(again.id)
    assert.deepEqual([seen.state, seen.priority.effective], ['open', 'P1'])
  })

  test('an undo cannot lower a P1 by the back door', async () => {
    const item = await oneReferral(work, work.founded.national)
    const raised = await analyst.setPriority(item.id, item.version, 'P1')
    assert.ok(raised.outcome === 'decided')
    assert.equal(await refusal(analyst.undo(raised.decision)), 'TANDEM-STATE-004')
    const manager = await deskOf(work, work.founded.national.dutyManager)
    assert.equal(await refusal(manager.undo(raised.decision)), 'TANDEM-STATE-004')
    assert.equal((await now(item.id)).priority.effective, 'P1')
  })

  test('one person does not end a P1 as nothing; passing it on is not ending it', async () => {
    const item = await urgent()
    assert.equal(await refusal(analyst.decline(item.id, item.version)), 'TANDEM-STATE-004')
    assert.equal(await refusal(analyst.close(item.id, item.version)), 'TANDEM-STATE-004')
    assert.equal((await analyst.close(item.id, item.version, 'passed to a force')).state, 'closed')
  })

  test('undoing a lowering raises it again, and that takes one person', async () => {
    const item = await urgent()
    const settled = await second.settle(await propose(item), item.number)
    assert.ok(settled.decision !== null)
    assert.equal((await second.undo(settled.decision)).effectivePriority, 'P1')
  })

  test('the database refuses it whatever the program does', async () => {
    const item = await urgent()
    const { store } = work.founded
    const lower = async (desk: 'triageAnalyst' | 'secondAnalyst', before: (tx: Run) => Promise<unknown>) => {
      const { credential } = await work.as(work.founded.national[desk])
      return store.within(credential, async (tx) => {
        await before(tx)
        tx.record('referral.prioritise', { referral: item.id })
        const row = await tx.one('item/lock', { referral_id: item.id })
        const { version, state, act_by } = row
        const still = { taken_by: null, held_until: null, merged_into: null, confirmed_score: 1 }
        const down = { confirmed_priority: 'P3', effective_priority: 'P3' }
        await tx.run('item/change', { referral_id: item.id, version, state, act_by, ...still, ...down })
      })
    }
    type Run = Parameters<Parameters<typeof store.within>[1]>[0]
    // Without a proposal; approved by its own proposer; approved for another priority; approved earlier.
    assert.equal(await refusal(lower('secondAnalyst', async () => {})), 'TANDEM-STATE-002')
    const proposal = await propose(item)
    const approve = (tx: Run) =>
      tx.run('proposal/settle', { proposal_id: proposal, state: 'approved', reason_sealed: Buffer.from('sealed') })
    assert.equal(await refusal(lower('triageAnalyst', approve)), 'TANDEM-STATE-002')
    await work.superuser.query(`UPDATE tandem.proposal SET change = '{"to": "P2"}' WHERE proposal_id = $1`, [proposal])
    assert.equal(await refusal(lower('secondAnalyst', approve)), 'TANDEM-STATE-002')
    await work.superuser.query(`UPDATE tandem.proposal SET change = '{"to": "P3"}' WHERE proposal_id = $1`, [proposal])
    const { credential } = await work.as(work.founded.national.secondAnalyst)
    await store.within(credential, async (tx) => {
      await approve(tx)
      tx.record('proposal.approve', { proposal })
    })
    assert.equal(await refusal(lower('secondAnalyst', async () => {})), 'TANDEM-STATE-002')
    assert.equal((await now(item.id)).priority.effective, 'P1')
    // In the one transaction with its approval by another person it goes through.
    // Nobody takes a settlement back; only a superuser who turns the rule off can, for this test.
    const again = `UPDATE tandem.proposal SET settled_at = now() WHERE proposal_id = '${proposal}'`
    await assert.rejects(work.superuser.query(again), { code: '42501' })
    await work.superuser.query("SET session_replication_role = 'replica'")
    await work.superuser.query(
      `UPDATE tandem.proposal SET state = 'proposed', settled_by = NULL, settled_at = NULL,
         settled_reason_sealed = NULL WHERE proposal_id = $1`,
      [proposal],
    )
    await work.superuser.query("SET session_replication_role = 'origin'")
    await lower('secondAnalyst', approve)
    assert.equal((await now(item.id)).priority.effective, 'P3')
  })
})
