import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { oneReferral } from './reports.ts'
import { type Desk, deskOf, openWork, type QueueItem, refusal, type TestWork } from './support.ts'

describe('this one first', () => {
  let work: TestWork
  let analyst: Desk
  let second: Desk
  let manager: Desk
  const fresh = (about = {}): Promise<QueueItem> => oneReferral(work, work.founded.national, about)
  const shown = ({ id, score }: QueueItem) => ({ referral: id, score })

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

  test('a choice names the two scores, is in the ledger without a word, and moves nothing', async () => {
    const [one, other] = [await fresh({ annotations: ['infant'] }), await fresh()]
    const { choice } = await analyst.chooseFirst(shown(one), shown(other), 'other')
    const { choices } = await second.choicesBetween(other.id, one.id)
    assert.deepEqual(
      choices.map(({ id, one: left, other: right, first, mine, withdrawnAt }) => [
        id,
        left,
        right,
        first,
        mine,
        withdrawnAt,
      ]),
      [[choice, shown(one), shown(other), 'other', false, null]],
    )
    const { entries } = await manager.ledger()
    assert.deepEqual(entries.find(({ verb }) => verb === 'rank.choose')?.object, {
      one: shown(one),
      other: shown(other),
      first: 'other',
      choice,
    })
    for (const before of [one, other]) {
      const { unread: _, ...now } = (await analyst.show(before.id)).item
      const { unread: __, ...then } = before
      assert.deepEqual(now, then)
    }
    const { rows } = await work.superuser.query<{ facts: object }>(
      `SELECT t.facts FROM tandem.rank_choice c JOIN tandem.triage_score t
           ON t.agency_id = c.agency_id AND t.referral_id = c.one_id AND t.number = c.one_score
        WHERE c.choice_id = $1`,
      [choice],
    )
    assert.ok(rows[0] !== undefined && 'childIsInfant' in rows[0].facts, 'the facts of then are still there')
  })

  test('whatever one person clicks on a pair, one choice stands: the last one, whichever stood left', async () => {
    const [one, other] = [await fresh(), await fresh()]
    const clicks = fc.record({
      first: fc.constantFrom('one' as const, 'other' as const, 'cannot say' as const),
      turned: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(clicks, { minLength: 1, maxLength: 5 }), async (all) => {
        for (const { first, turned } of all)
          await (turned
            ? analyst.chooseFirst(shown(other), shown(one), first)
            : analyst.chooseFirst(shown(one), shown(other), first))
        const standing = (await analyst.choicesBetween(one.id, other.id)).choices.filter(
          (each) => each.withdrawnAt === null,
        )
        assert.equal(standing.length, 1)
        const firstOf = (turned: boolean, first: string): string =>
          first === 'cannot say' ? first : (first === 'one') === turned ? other.id : one.id
        const last = all.at(-1)
        const [choice] = standing
        assert.ok(last !== undefined && choice !== undefined)
        assert.equal(firstOf(choice.one.referral === other.id, choice.first), firstOf(last.turned, last.first))
      }),
      { numRuns: 12 },
    )
  })

  test('each person has a choice of their own, and takes it back alone and once', async () => {
    const [one, other] = [await fresh(), await fresh()]
    const { choice } = await analyst.chooseFirst(shown(one), shown(other), 'one')
    await second.chooseFirst(shown(one), shown(other), 'other')
    assert.equal(await refusal(second.withdrawChoice(choice)), 'TANDEM-STATE-002')
    assert.equal(await refusal(manager.withdrawChoice(choice)), 'TANDEM-STATE-002')
    const heard = async (): Promise<number[]> =>
      Promise.all(
        [one, other].map(async ({ id }) => {
          const { rows } = await work.superuser.query<{ n: number }>(
            `SELECT count(*)::integer AS n FROM tandem.outbox WHERE topic = 'referral' AND subject_id = $1`,
            [id],
          )
          return rows[0]?.n ?? 0
        }),
      )
    const before = await heard()
    await analyst.withdrawChoice(choice)
    assert.deepEqual(
      await heard(),
      before.map((n) => n + 1),
      'whoever has either open sees it at once',
    )
    assert.equal(await refusal(analyst.withdrawChoice(choice)), 'TANDEM-STATE-002')
    const { choices } = await analyst.choicesBetween(one.id, other.id)
    assert.deepEqual(
      choices.map(({ withdrawnAt, mine }) => [withdrawnAt === null, mine]),
      [
        [false, true],
        [true, false],
      ],
    )
  })

  test('two at once by one person leave one that stands', async () => {
    const [one, other] = [await fresh(), await fresh()]
    await Promise.all([
      analyst.chooseFirst(shown(one), shown(other), 'one'),
      analyst.chooseFirst(shown(other), shown(one), 'one'),
    ])
    const { choices } = await analyst.choicesBetween(one.id, other.id)
    assert.equal(choices.filter(({ withdrawnAt }) => withdrawnAt === null).length, 1)
  })

  test('two that are there, with scores that are there; nothing crosses to another agency', async () => {
    const [one, other] = [await fresh(), await fresh()]
    assert.equal(await refusal(analyst.chooseFirst(shown(one), shown(one), 'one')), 'TANDEM-INPUT-001')
    const unknown = { referral: other.id, score: 99 }
    assert.equal(await refusal(analyst.chooseFirst(shown(one), unknown, 'one')), 'TANDEM-INPUT-001')
    const { choice } = await analyst.chooseFirst(shown(one), shown(other), 'one')
    const theirs = await deskOf(work, work.founded.signals.triageAnalyst)
    const own = await oneReferral(work, work.founded.signals)
    assert.equal(await refusal(theirs.chooseFirst(shown(own), shown(other), 'one')), 'TANDEM-FIND-001')
    assert.equal(await refusal(theirs.withdrawChoice(choice)), 'TANDEM-FIND-001')
    assert.deepEqual((await theirs.choicesBetween(one.id, other.id)).choices, [])
    const elsewhere = await deskOf(work, work.founded.national.otherOfficer)
    assert.deepEqual((await elsewhere.choicesBetween(one.id, other.id)).choices, [], 'another operation sees nothing')
    const safeguarding = await deskOf(work, work.founded.national.safeguardingOfficer)
    assert.equal(await refusal(safeguarding.chooseFirst(shown(one), shown(other), 'one')), 'TANDEM-AUTH-002')
  })
})
