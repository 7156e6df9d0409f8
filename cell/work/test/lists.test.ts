import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { exampleLists, partnerList, renderList } from '@tandem/testkit'
import { itemOf, oneReferral, sha256 } from './reports.ts'
import { type Desk, deskOf, openWork, refusal, type TestWork } from './support.ts'

const csv = (...contents: readonly string[]): Uint8Array =>
  new TextEncoder().encode(`sha256\n${contents.map((text) => `${sha256(text)}\n`).join('')}`)

describe('lists', () => {
  let work: TestWork
  let manager: Desk
  const jobsDone = async (): Promise<void> => {
    work.worker.nudge()
    await work.worker.idle()
  }
  const rows = async (): Promise<number[]> => {
    const { rows: counted } = await work.superuser.query<{ counts: number[] }>(
      `SELECT array[(SELECT count(*) FROM tandem.list), (SELECT count(*) FROM tandem.list_version),
         (SELECT count(*) FROM tandem.list_entry), (SELECT count(*) FROM tandem.job),
         (SELECT count(*) FROM ledger.opening WHERE verb LIKE 'list.%')]::integer[] AS counts`,
    )
    return counted[0]?.counts ?? []
  }
  const versions = async (name: string) => (await manager.lists()).lists.find((list) => list.name === name)?.versions

  before(async () => {
    work = await openWork()
    manager = await deskOf(work, work.founded.national.dutyManager)
  })
  after(() => work.close())

  test('a truncated list leaves nothing but the refusal, wherever it is cut', async () => {
    for (const list of exampleLists.filter(({ format }) => format !== 'hash-csv')) {
      const whole = renderList(list)
      for (const share of [0.02, 0.5, 0.97]) {
        const before = await rows()
        const cut = whole.subarray(0, Math.floor(whole.length * share))
        assert.equal(await refusal(manager.loadList(list.name, list.publisher, cut)), 'TANDEM-INPUT-003')
        assert.deepEqual(await rows(), before)
      }
    }
  })

  test('the account of a list is exact, and only its own agency has it', async () => {
    const loaded = await manager.loadList(partnerList.name, partnerList.publisher, renderList(partnerList))
    const { records, accepted, remarked, setAside } = loaded.account
    assert.equal(records, partnerList.entries.length)
    assert.equal(accepted + remarked + setAside, records)
    const foreign = await deskOf(work, work.founded.signals.dutyManager)
    assert.deepEqual((await foreign.lists()).lists, [])
    assert.equal(await refusal(foreign.withdrawList(loaded.list)), 'TANDEM-FIND-001')
  })

  test('the same file again changes nothing', async () => {
    const before = await rows()
    const again = await manager.loadList(partnerList.name, partnerList.publisher, renderList(partnerList))
    assert.equal(again.unchanged, true)
    assert.deepEqual((await rows()).slice(0, 4), before.slice(0, 4))
    assert.equal(
      await refusal(manager.loadList(partnerList.name, 'Somebody Else', renderList(partnerList))),
      'TANDEM-STATE-002',
    )
  })

  test('a list that is loaded later meets the referrals held, and a new version takes its place', async () => {
    const { national } = work.founded
    const item = await oneReferral(work, national, { files: ['held before'] })
    const other = await oneReferral(work, national, { files: ['in the second version'] })
    assert.equal(item.hits, 0)
    await manager.loadList('Later', 'Test Publisher', csv('held before'))
    await jobsDone()
    const hit = await itemOf(work, national, item.id)
    assert.equal(hit.hits, 1)
    assert.ok(hit.childUrgency < item.childUrgency, 'it is known now')
    const second = await manager.loadList('Later', 'Test Publisher', csv('held before', 'in the second version'))
    await jobsDone()
    assert.equal(second.version, 2)
    assert.equal((await itemOf(work, national, other.id)).hits, 1)
    assert.deepEqual(
      (await versions('Later'))?.map(({ version, state }) => [version, state]),
      [
        [2, 'current'],
        [1, 'replaced'],
      ],
    )
    assert.deepEqual(work.problems, [])
  })

  test('a withdrawal reaches every hit at once and ranks again', async () => {
    const { national } = work.founded
    const loaded = await manager.loadList('Withdrawn', 'Test Publisher', csv('mistaken', 'also mistaken'))
    const items = [
      await oneReferral(work, national, { files: ['mistaken'], urn: 'TEST-LIST-1' }),
      await oneReferral(work, national, { files: ['mistaken', 'also mistaken'] }),
      await oneReferral(work, national, { files: ['also mistaken'], supplements: 'TEST-LIST-1' }),
    ]
    const [first, , folded] = items
    assert.ok(first && folded)
    assert.equal(folded.state, 'folded')
    const before = await itemOf(work, national, first.id)
    const touched = (await manager.listHits(loaded.list)).referrals
    const withdrawn = await manager.withdrawList(loaded.list)
    assert.deepEqual([withdrawn.hits, withdrawn.referrals], [4, 3])
    assert.deepEqual(
      touched.map(({ id, state, hits, counting }) => [id, state, hits, counting]),
      items.map(({ id }, at) => [id, at === 2 ? 'folded' : 'open', at === 1 ? 2 : 1, at === 1 ? 2 : 1]),
      'what was listed before is what it touched',
    )
    assert.ok((await manager.listHits(loaded.list)).referrals.every(({ counting }) => counting === 0))
    const desk = await deskOf(work, national.triageAnalyst)
    for (const { id } of items) {
      const { hits } = await desk.show(id)
      assert.ok(hits.length > 0)
      for (const hit of hits)
        assert.deepEqual([hit.withdrawn, hit.withdrawReason], [true, 'the publisher took it back'])
    }
    await jobsDone()
    const after = await itemOf(work, national, first.id)
    assert.equal(after.hits, 0)
    assert.ok(after.childUrgency > before.childUrgency, 'what was known is unknown again')
    assert.equal(await refusal(manager.withdrawList(loaded.list)), 'TANDEM-FIND-001')
    assert.equal((await oneReferral(work, national, { files: ['mistaken'] })).hits, 0)
  })

  test('a list tells which referrals have hits on it, part by part, and only to whoever may see them', async () => {
    const { national, signals } = work.founded
    const { list } = await manager.loadList('Touches', 'Test Publisher', csv('touched', 'touched too'))
    await manager.loadList('Touches as well', 'Test Publisher', csv('touched too'))
    const items = [
      await oneReferral(work, national, { files: ['touched'] }),
      await oneReferral(work, national, { files: ['touched', 'touched too'] }),
      await oneReferral(work, national, { files: ['touched'], level: 'P1' }),
    ]
    await oneReferral(work, national, { files: ['not on it'] })
    const { referrals, next } = await manager.listHits(list)
    assert.equal(next, null)
    assert.deepEqual(
      referrals.map(({ id, hits, counting, otherLists, priority }) => [
        [id, priority.effective],
        [hits, counting, otherLists],
      ]),
      [items[2], items[0], items[1]].map((item, at) => [
        [item?.id, item?.priority.effective],
        at === 2 ? [2, 2, 1] : [1, 1, 0],
      ]),
      'the most pressing first',
    )
    const first = await manager.listHits(list, 2)
    const second = await manager.listHits(list, 2, first.next ?? '')
    assert.deepEqual([...first.referrals, ...second.referrals], referrals)
    assert.equal((await manager.listHits(list, 2, second.next ?? undefined)).referrals.length, 2)
    assert.equal(await refusal(manager.listHits(list, 2, 'no place of ours')), 'TANDEM-INPUT-001')
    const forged = Buffer.from(JSON.stringify(['P9', '1'])).toString('base64url')
    assert.equal(await refusal(manager.listHits(list, 2, forged)), 'TANDEM-INPUT-001')
    await manager.loadList('Touches', 'Test Publisher', csv('touched too'))
    await jobsDone()
    assert.deepEqual(
      (await manager.listHits(list)).referrals.map(({ hits, counting, versions }) => [hits, counting, versions]),
      [
        [1, 0, [1]],
        [1, 0, [1]],
        [3, 1, [1, 2]],
      ],
      'a hit on a version that was replaced stands there and counts for nothing',
    )
    const analyst = await deskOf(work, national.triageAnalyst)
    assert.equal((await analyst.listHits(list)).referrals.length, 3)
    const other = await deskOf(work, national.otherManager)
    assert.deepEqual(await other.listHits(list), { referrals: [], next: null }, 'another operation: no row, no count')
    assert.equal(await refusal((await deskOf(work, signals.dutyManager)).listHits(list)), 'TANDEM-FIND-001')
    assert.equal(await refusal((await deskOf(work, work.founded.inspector)).listHits(list)), 'TANDEM-LAW-001')
    const entry = (await manager.ledger()).entries.find(({ verb }) => verb === 'list.hits')
    assert.deepEqual(Object.keys(entry?.object ?? {}).sort(), ['list', 'referrals'])
  })

  test('a list that comes while reports are read misses none of them', async () => {
    const { national } = work.founded
    const reading = Array.from({ length: 6 }, () => oneReferral(work, national, { files: ['meets in the middle'] }))
    await manager.loadList('Meanwhile', 'Test Publisher', csv('meets in the middle'))
    const items = await Promise.all(reading)
    await jobsDone()
    for (const { id } of items) assert.equal((await itemOf(work, national, id)).hits, 1)
  })
})
