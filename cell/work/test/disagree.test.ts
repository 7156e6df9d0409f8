import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { oneReferral } from './reports.ts'
import { type Desk, deskOf, openWork, type QueueItem, refusal, type TestWork } from './support.ts'

describe('one-click disagreement', () => {
  let work: TestWork
  let analyst: Desk
  let second: Desk
  let manager: Desk
  const fresh = (about = {}): Promise<QueueItem> => oneReferral(work, work.founded.national, about)
  const standing = async (id: string) =>
    (await analyst.show(id)).disagreements.filter(({ withdrawnAt }) => withdrawnAt === null)

  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
    second = await deskOf(work, work.founded.national.secondAnalyst)
    manager = await deskOf(work, work.founded.national.dutyManager)
  })
  after(async () => {
    assert.deepEqual(work.problems, [])
    await work.close()
  })

  test('one click is kept with its score and weight set, in the ledger, and moves nothing', async () => {
    const item = await fresh({ annotations: ['infant'] })
    const said = await analyst.disagree(item.id, item.score, 'higher')
    assert.match(said.says, /Its rank stays/)
    const shown = await analyst.show(item.id)
    assert.deepEqual(
      shown.disagreements.map(({ id, score, weightSet, direction, reason, mine, withdrawnAt }) => [
        [id, score, weightSet, direction],
        [reason, mine, withdrawnAt],
      ]),
      [
        [
          [said.disagreement, item.score, 'tandem-1', 'higher'],
          [null, true, null],
        ],
      ],
    )
    const { unread: _, disagreed: before, ...rest } = item
    const { unread: __, disagreed: now, ...restNow } = shown.item
    assert.deepEqual([before, now], [null, 'higher'])
    assert.deepEqual(restNow, rest, 'neither rank nor version nor clock moved')
    const { entries } = await manager.ledger({ referral: item.id })
    const entry = entries.find(({ verb }) => verb === 'rank.disagree')
    assert.deepEqual(entry?.object, {
      referral: item.id,
      disagreement: said.disagreement,
      score: item.score,
      weightSet: 'tandem-1',
      direction: 'higher',
    })
    assert.equal((await second.show(item.id)).item.disagreed, null, 'a colleague has said nothing')
  })

  test('the same click again changes nothing; the other way, or a reason, stands in its place', async () => {
    const item = await fresh()
    const first = await analyst.disagree(item.id, item.score, 'higher')
    assert.equal((await analyst.disagree(item.id, item.score, 'higher')).disagreement, first.disagreement)
    const reasoned = await analyst.disagree(item.id, item.score, 'higher', 'the sister is seven')
    assert.notEqual(reasoned.disagreement, first.disagreement)
    assert.deepEqual(
      (await standing(item.id)).map(({ id, reason }) => [id, reason]),
      [[reasoned.disagreement, 'the sister is seven']],
    )
    const lower = await analyst.disagree(item.id, item.score, 'lower')
    assert.deepEqual(
      (await standing(item.id)).map(({ id, direction }) => [id, direction]),
      [[lower.disagreement, 'lower']],
    )
    assert.equal((await analyst.show(item.id)).disagreements.length, 3, 'all stay on record')
    await second.disagree(item.id, item.score, 'higher')
    assert.equal((await standing(item.id)).length, 2, 'each person has one of their own')
  })

  test('two clicks of one person at once leave one that stands', async () => {
    const item = await fresh()
    await Promise.all([analyst.disagree(item.id, item.score, 'higher'), analyst.disagree(item.id, item.score, 'lower')])
    assert.equal((await standing(item.id)).length, 1)
  })

  test('only who said it takes it back, once, by an event of its own', async () => {
    const item = await fresh()
    const { disagreement } = await analyst.disagree(item.id, item.score, 'lower')
    assert.equal(await refusal(manager.withdrawDisagreement(disagreement)), 'TANDEM-STATE-002')
    await analyst.withdrawDisagreement(disagreement)
    assert.equal(await refusal(analyst.withdrawDisagreement(disagreement)), 'TANDEM-STATE-002')
    assert.deepEqual(await standing(item.id), [])
    const shown = await analyst.show(item.id)
    assert.equal(shown.item.disagreed, null)
    assert.equal(shown.disagreements.length, 1)
    const { entries } = await manager.ledger({ referral: item.id })
    assert.equal(entries.filter(({ verb }) => verb === 'rank.withdraw').length, 1)
    const again = await analyst.disagree(item.id, item.score, 'lower')
    assert.notEqual(again.disagreement, disagreement)
  })

  test('it is said of a score that there is, and nothing crosses to another agency', async () => {
    const item = await fresh()
    assert.equal(await refusal(analyst.disagree(item.id, 99, 'higher')), 'TANDEM-INPUT-001')
    const { disagreement } = await analyst.disagree(item.id, item.score, 'higher')
    const theirs = await deskOf(work, work.founded.signals.triageAnalyst)
    assert.equal(await refusal(theirs.disagree(item.id, item.score, 'lower')), 'TANDEM-FIND-001')
    assert.equal(await refusal(theirs.withdrawDisagreement(disagreement)), 'TANDEM-FIND-001')
    const other = await deskOf(work, work.founded.national.otherManager)
    assert.equal(await refusal(other.disagree(item.id, item.score, 'lower')), 'TANDEM-FIND-001')
    assert.deepEqual((await other.disagreements()).disagreements, [], 'another operation of the agency sees nothing')
    const theirManager = await deskOf(work, work.founded.signals.dutyManager)
    assert.deepEqual(await theirManager.disagreements(), { counts: [], factors: [], disagreements: [] })
  })

  test('a duty manager sees how often, which way, on which factors; an analyst and an inspector do not', async () => {
    const before = (await manager.disagreements()).counts[0]
    const item = await fresh({ annotations: ['infant'] })
    const { disagreement } = await second.disagree(item.id, item.score, 'higher', 'read the words')
    const taken = await second.disagree((await fresh()).id, 1, 'lower')
    await second.withdrawDisagreement(taken.disagreement)
    const all = await manager.disagreements()
    const [now] = all.counts
    assert.equal(all.counts.length, 1)
    assert.deepEqual(
      [now?.weightSet, (now?.higher ?? 0) - (before?.higher ?? 0), (now?.lower ?? 0) - (before?.lower ?? 0)],
      ['tandem-1', 1, 0],
    )
    const [latest] = all.disagreements
    assert.deepEqual(
      [latest?.id, latest?.number, latest?.direction, latest?.reason],
      [disagreement, item.number, 'higher', 'read the words'],
    )
    const infant = all.factors.find(({ factor }) => factor === 'childIsInfant')
    assert.ok(infant !== undefined && infant.higher > 0, JSON.stringify(all.factors))
    assert.equal((await manager.disagreements(1)).disagreements.length, 1)
    assert.equal(await refusal(analyst.disagreements()), 'TANDEM-AUTH-002')
    const inspector = await deskOf(work, work.founded.inspector)
    assert.equal(await refusal(inspector.disagreements()), 'TANDEM-LAW-001', 'no content, under no authority')
  })

  test('nothing said is changed or deleted', async () => {
    const item = await fresh()
    const { disagreement } = await analyst.disagree(item.id, item.score, 'higher')
    for (const role of ['tandem_officer', 'tandem_supervisor']) {
      for (const verb of ['UPDATE', 'DELETE']) {
        const { rows } = await work.superuser.query<{ may: boolean }>(
          `SELECT has_table_privilege($1, 'tandem.rank_disagreement', $2) AS may`,
          [role, verb],
        )
        assert.equal(rows[0]?.may, false, `${role} ${verb}`)
      }
    }
    const { rows } = await work.superuser.query(
      'SELECT direction FROM tandem.rank_disagreement WHERE disagreement_id = $1',
      [disagreement],
    )
    assert.deepEqual(rows, [{ direction: 'higher' }])
  })
})
