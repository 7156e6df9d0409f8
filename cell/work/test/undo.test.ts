import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { itemOf, oneReferral } from './reports.ts'
import { type Desk, deskOf, openWork, type QueueItem, refusal, type TestWork } from './support.ts'

describe('undo', () => {
  let work: TestWork
  let analyst: Desk
  let second: Desk
  let manager: Desk
  const fresh = (about = {}): Promise<QueueItem> => oneReferral(work, work.founded.national, about)
  const now = (id: string): Promise<QueueItem> => itemOf(work, work.founded.national, id)
  const position = ({ state, takenBy, heldUntil, priority }: QueueItem) => ({ state, takenBy, heldUntil, priority })
  const jobsDone = async (): Promise<void> => {
    work.worker.nudge()
    await work.worker.idle()
  }

  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
    second = await deskOf(work, work.founded.national.secondAnalyst)
    manager = await deskOf(work, work.founded.national.dutyManager)
  })
  after(() => work.close())

  test('every decision is undone by a new one that names it, and both stay', async () => {
    const target = await fresh()
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const steps: ((id: string, version: number) => Promise<{ decision?: string; outcome?: string }>)[] = [
      (id, version) => analyst.take(id, version),
      (id, version) => analyst.hold(id, version, until),
      (id, version) => analyst.merge(id, version, target.id),
      (id, version) => analyst.decline(id, version),
      (id, version) => analyst.close(id, version),
      (id, version) => analyst.setPriority(id, version, 'P2'),
    ]
    for (const step of steps) {
      const item = await fresh()
      const before = position(await now(item.id))
      const { decision } = await step(item.id, item.version)
      assert.ok(decision !== undefined)
      await analyst.undo(decision)
      assert.deepEqual(position(await now(item.id)), before)
      const { decisions } = await analyst.show(item.id)
      assert.deepEqual(
        decisions.map(({ verb, undone, undoes }) => [verb === 'undo', undone, undoes]),
        [
          [false, true, null],
          [true, false, decision],
        ],
      )
    }
    const item = await fresh()
    const taken = await analyst.take(item.id, item.version)
    const released = await analyst.release(item.id, taken.version)
    await analyst.undo(released.decision)
    assert.equal((await now(item.id)).takenBy, work.founded.national.triageAnalyst.person)
  })

  test('only the last standing decision is undone, once, by who made it or a duty manager', async () => {
    const { id, version } = await fresh()
    const taken = await analyst.take(id, version)
    const held = await analyst.hold(id, taken.version, new Date(Date.now() + 60_000).toISOString())
    assert.equal(await refusal(analyst.undo(taken.decision)), 'TANDEM-STATE-002')
    assert.equal(await refusal(second.undo(held.decision)), 'TANDEM-STATE-002')
    const undone = await manager.undo(held.decision)
    assert.equal(undone.state, 'taken')
    assert.equal(await refusal(manager.undo(held.decision)), 'TANDEM-STATE-002')
    assert.equal(await refusal(manager.undo(undone.decision)), 'TANDEM-STATE-002')
    assert.equal((await analyst.undo(taken.decision)).state, 'open')
  })

  test('a merge speaks in the rank of its bundle, at any depth, and its undo takes that back for a person to see', async () => {
    const [lower, middle, top] = [
      await fresh({ annotations: ['infant'] }),
      await fresh({ annotations: ['severalChildren'] }),
      await fresh({ annotations: ['accessToChildren'] }),
    ]
    const first = await analyst.merge(lower.id, lower.version, middle.id)
    await jobsDone()
    const into = await now(middle.id)
    assert.ok(into.childUrgency > middle.childUrgency)
    await analyst.merge(middle.id, into.version, top.id)
    await jobsDone()
    const bundle = await now(top.id)
    assert.equal(bundle.childUrgency, top.childUrgency + middle.childUrgency + lower.childUrgency)
    assert.equal(bundle.priority.computed, 'P2')
    assert.equal((await analyst.undo(first.decision)).state, 'open')
    await jobsDone()
    const without = await now(top.id)
    assert.equal(without.childUrgency, top.childUrgency + middle.childUrgency)
    assert.equal(without.priority.effective, 'P2', 'only a person lowers what stands')
  })

  test('a more urgent report never disappears into a calmer one, nor into one whose work has ended', async () => {
    const urgent = await fresh({ level: 'P2' })
    const calm = await fresh()
    assert.equal(await refusal(analyst.merge(urgent.id, urgent.version, calm.id)), 'TANDEM-STATE-002')
    assert.equal(await refusal(analyst.merge(calm.id, calm.version, calm.id)), 'TANDEM-INPUT-001')
    await analyst.close(urgent.id, urgent.version)
    assert.equal(await refusal(analyst.merge(calm.id, calm.version, urgent.id)), 'TANDEM-STATE-002')
  })

  test('an undo restores where a referral stood and keeps the priority that came since', async () => {
    const item = await fresh({ urn: 'TEST-UNDO-1' })
    const taken = await analyst.take(item.id, item.version)
    await fresh({ level: 'P2', urn: 'TEST-UNDO-2', supplements: 'TEST-UNDO-1' })
    assert.equal((await now(item.id)).priority.effective, 'P2')
    const undone = await analyst.undo(taken.decision)
    assert.deepEqual([undone.state, undone.effectivePriority], ['open', 'P2'])
  })

  test('a confirmed priority is undone to what holds now', async () => {
    const item = await fresh({ urn: 'TEST-UNDO-3' })
    const raised = await analyst.setPriority(item.id, item.version, 'P2')
    assert.ok(raised.outcome === 'decided')
    await fresh({ level: 'P2', urn: 'TEST-UNDO-4', supplements: 'TEST-UNDO-3' })
    const undone = await analyst.undo(raised.decision)
    assert.equal(undone.effectivePriority, 'P2', 'the supplement declared P2 since')
    assert.equal((await now(item.id)).priority.confirmed, null)
  })

  test('a release is not undone into a bundle whose work has ended', async () => {
    const original = await fresh({ urn: 'TEST-UNDO-5' })
    const supplement = await fresh({ urn: 'TEST-UNDO-6', supplements: 'TEST-UNDO-5' })
    assert.equal(supplement.state, 'folded')
    const released = await analyst.release(supplement.id, supplement.version)
    assert.equal(released.state, 'open')
    await jobsDone()
    await analyst.close(original.id, (await now(original.id)).version)
    assert.equal(await refusal(analyst.undo(released.decision)), 'TANDEM-STATE-002')
    assert.equal((await now(supplement.id)).state, 'open')
  })
})
