import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { arrive, itemOf, oneReferral, report } from './reports.ts'
import { type Desk, deskOf, everyRefused, openWork, type QueueItem, refusal, type TestWork } from './support.ts'

const inOneHour = (hours = 0.5): string => new Date(Date.now() + hours * 3_600_000).toISOString()

describe('decisions', () => {
  let work: TestWork
  let analyst: Desk
  let second: Desk
  let manager: Desk
  let deputy: Desk
  const fresh = (about = {}): Promise<QueueItem> => oneReferral(work, work.founded.national, about)
  const now = (id: string): Promise<QueueItem> => itemOf(work, work.founded.national, id)

  before(async () => {
    work = await openWork()
    const { national } = work.founded
    analyst = await deskOf(work, national.triageAnalyst)
    second = await deskOf(work, national.secondAnalyst)
    manager = await deskOf(work, national.dutyManager)
    deputy = await deskOf(work, national.deputyManager)
  })
  after(() => work.close())

  test('a taken referral is in its officer’s hands until released', async () => {
    const { id, version } = await fresh()
    const taken = await analyst.take(id, version)
    assert.equal(taken.state, 'taken')
    assert.equal((await now(id)).takenBy, work.founded.national.triageAnalyst.person)
    assert.ok((await analyst.queue('mine')).items.some((item) => item.id === id))
    assert.ok(!(await second.queue('mine')).items.some((item) => item.id === id))
    assert.equal((await analyst.release(id, taken.version)).state, 'open')
    assert.equal((await now(id)).takenBy, null)
  })

  test('another officer’s referral is left alone; a duty manager may step in', async () => {
    const { id, version } = await fresh()
    const taken = await analyst.take(id, version)
    await everyRefused('TANDEM-STATE-002', [
      () => second.release(id, taken.version),
      () => second.hold(id, taken.version, inOneHour()),
      () => second.decline(id, taken.version),
      () => second.close(id, taken.version),
      () => second.setPriority(id, taken.version, 'P2'),
      () => second.take(id, taken.version),
    ])
    assert.equal((await manager.release(id, taken.version)).state, 'open')
  })

  test('nobody decides on a record that has moved on', async () => {
    const { id, version } = await fresh()
    const other = await fresh()
    await analyst.take(id, version)
    await everyRefused('TANDEM-STATE-001', [
      () => analyst.take(id, version),
      () => analyst.release(id, version),
      () => analyst.hold(id, version, inOneHour()),
      () => analyst.merge(id, version, other.id),
      () => analyst.decline(id, version),
      () => analyst.close(id, version),
      () => analyst.setPriority(id, version, 'P2'),
    ])
  })

  test('a role that does not decide is refused, whatever it asks', async () => {
    const { id, version } = await fresh()
    const { decision } = await analyst.take(id, version)
    const safeguarder = await deskOf(work, work.founded.national.safeguardingOfficer)
    await everyRefused('TANDEM-AUTH-002', [
      () => safeguarder.take(id, version),
      () => safeguarder.release(id, version),
      () => safeguarder.hold(id, version, inOneHour()),
      () => safeguarder.merge(id, version, id),
      () => safeguarder.decline(id, version),
      () => safeguarder.close(id, version),
      () => safeguarder.setPriority(id, version, 'P1'),
      () => safeguarder.undo(decision),
      () => analyst.withdrawList(id),
      () => analyst.cancelAuthority(work.founded.national.desk.authority),
      () => analyst.acknowledge(id),
    ])
    for (const person of [work.founded.inspector, work.founded.administrator, work.founded.partner]) {
      const desk = await deskOf(work, person)
      for (const attempt of [
        () => desk.queue(),
        () => desk.show(id),
        () => desk.take(id, version),
        () => desk.search('R-1001'),
      ]) {
        assert.match(await refusal(attempt()), /^TANDEM-(AUTH-002|LAW-001)$/)
      }
    }
  })

  test('a verb in the wrong state is refused and changes nothing', async () => {
    const { id, version } = await fresh()
    assert.equal(await refusal(analyst.release(id, version)), 'TANDEM-STATE-002')
    const closed = await analyst.close(id, version)
    await everyRefused('TANDEM-STATE-002', [
      () => analyst.take(id, closed.version),
      () => analyst.hold(id, closed.version, inOneHour()),
      () => analyst.decline(id, closed.version),
      () => analyst.close(id, closed.version),
      () => analyst.setPriority(id, closed.version, 'P2'),
    ])
    assert.equal((await now(id)).version, closed.version)
  })

  test('a hold comes back by itself, and its length is bounded by the risk', async () => {
    const { id, version } = await fresh()
    assert.equal(await refusal(analyst.hold(id, version, inOneHour(-1))), 'TANDEM-INPUT-001')
    assert.equal(await refusal(analyst.hold(id, version, inOneHour(24 * 91))), 'TANDEM-STATE-002')
    await analyst.hold(id, version, new Date(Date.now() + 700).toISOString())
    assert.ok((await analyst.queue('held')).items.some((item) => item.id === id))
    assert.ok(!(await analyst.queue()).items.some((item) => item.id === id))
    await sleep(800)
    assert.ok((await analyst.queue()).items.some((item) => item.id === id))
    assert.ok(!(await analyst.queue('held')).items.some((item) => item.id === id))
    const urgent = await fresh({ level: 'P1' })
    assert.equal(await refusal(analyst.hold(urgent.id, urgent.version, inOneHour(2))), 'TANDEM-STATE-002')
    assert.equal((await analyst.hold(urgent.id, urgent.version, inOneHour(0.9))).state, 'held')
  })

  test('a hold ends when the risk grows, by a supplement or by a person', async () => {
    const held = await fresh({ urn: 'TEST-HELD-1' })
    await analyst.hold(held.id, held.version, inOneHour(24))
    await fresh({ level: 'P2', urn: 'TEST-HELD-2', supplements: 'TEST-HELD-1' })
    const risen = await now(held.id)
    assert.deepEqual([risen.state, risen.heldUntil, risen.priority.effective], ['open', null, 'P2'])
    const other = await fresh()
    const { version } = await analyst.hold(other.id, other.version, inOneHour(24))
    const raised = await analyst.setPriority(other.id, version, 'P1')
    assert.ok(raised.outcome === 'decided')
    assert.equal(raised.state, 'open')
    assert.equal((await now(other.id)).state, 'open')
  })

  test('closing a referral leaves its safeguarding track open', async () => {
    const { id, version } = await fresh({ level: 'P2' })
    const { safeguarding, dueAt } = await analyst.safeguard(id)
    assert.ok(Date.parse(dueAt) > Date.now())
    await analyst.close(id, version)
    const safeguarder = await deskOf(work, work.founded.national.safeguardingOfficer)
    const open = (await safeguarder.openTracks()).tracks.find((track) => track.id === safeguarding)
    assert.equal(open?.referral, id)
    assert.equal((await now(id)).safeguarding, 'open')
    await safeguarder.acknowledge(safeguarding)
    assert.equal(await refusal(safeguarder.acknowledge(safeguarding)), 'TANDEM-STATE-002')
    await safeguarder.closeTrack(safeguarding)
    assert.equal(await refusal(safeguarder.closeTrack(safeguarding)), 'TANDEM-STATE-002')
    assert.equal((await now(id)).safeguarding, 'closed')
    assert.ok(!(await safeguarder.openTracks()).tracks.some((track) => track.id === safeguarding))
  })

  test('a note is added and never edited', async () => {
    const { id } = await fresh()
    await analyst.note(id, 'first words')
    await second.note(id, 'second words')
    const { notes } = await analyst.show(id)
    assert.deepEqual(
      notes.map(({ text, by }) => [text, by]),
      [
        ['first words', 'Test Analyst National'],
        ['second words', 'Test Second Analyst National'],
      ],
    )
    const officer = await work.database.login('tandem_officer')
    for (const change of ['UPDATE tandem.note SET written_at = now()', 'DELETE FROM tandem.note']) {
      await assert.rejects(officer.query(change), /permission denied/)
    }
    await officer.end()
  })

  test('two officers take one referral at once: one wins, 200 times', async () => {
    const reports = Array.from({ length: 200 }, () => report())
    const items = await arrive(work, work.founded.national, ...reports)
    assert.equal(items.length, 200)
    const race = async ({ id, version }: QueueItem): Promise<void> => {
      const outcomes = await Promise.allSettled([analyst.take(id, version), second.take(id, version)])
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
      assert.equal(lost.length, 1)
      assert.equal(await refusal(Promise.reject(lost[0]?.reason)), 'TANDEM-STATE-001')
    }
    for (let at = 0; at < items.length; at += 8) await Promise.all(items.slice(at, at + 8).map(race))
    const { items: mine } = await analyst.queue('mine')
    const { items: theirs } = await second.queue('mine')
    const ids = new Set(items.map(({ id }) => id))
    assert.equal([...mine, ...theirs].filter(({ id }) => ids.has(id)).length, 200)
  })

  test('two managers undo one decision at once: one undo stands', async () => {
    const { id, version } = await fresh()
    const { decision } = await analyst.take(id, version)
    const outcomes = await Promise.allSettled([manager.undo(decision), deputy.undo(decision)])
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal((await now(id)).state, 'open')
  })
})
