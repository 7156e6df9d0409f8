import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Met, manifest, meet, operationTruth, type Played, playOperationHere } from './play.ts'
import { type Desk, deskOf, openWork, refusal, type TestWork } from './support.ts'
import { assertHits, assertIdentifiers, assertPriority, endsIn, isLow, relationsTo } from './truth.ts'

describe('the example operation, through the real intake, beside its truth', () => {
  let work: TestWork
  let played: Played[]
  const met = new Map<string, Met>()
  const of = (scenario: string): Met[] => [...met.values()].filter(({ truth }) => truth.scenario === scenario)
  const fresh = (): Played[] => played.filter(({ repeat }) => !repeat)

  before(async () => {
    work = await openWork()
    played = await playOperationHere(work)
    for (const each of fresh()) for (const one of await meet(each)) met.set(one.truth.id, one)
  })
  after(() => work.close())

  test('no step failed and every referral that could be read is on a desk', () => {
    assert.deepEqual(work.problems, [])
    const told = operationTruth.files.flatMap(({ referrals }) =>
      referrals.filter(({ outcome }) => outcome !== 'set-aside'),
    )
    assert.equal(met.size, told.length)
  })

  test('the account of every delivery adds up to what was sent', async () => {
    for (const { desk, delivery, account } of fresh()) {
      const { delivery: shown, setAside } = await desk.delivery(delivery)
      assert.equal(shown.state, 'read')
      assert.deepEqual(shown.account, account, shown.name)
      assert.equal(setAside.length, account.setAside)
    }
  })

  test('the same file again has no effect but its own receipt', async () => {
    const again = played.filter(({ repeat }) => repeat)
    assert.equal(again.length, manifest.deliveries.filter(({ repeatOf }) => repeatOf !== null).length)
    for (const { desk, delivery } of again) {
      const { delivery: shown, referrals } = await desk.delivery(delivery)
      assert.equal(shown.state, 'repeat')
      assert.deepEqual(referrals, [])
    }
  })

  test('identifiers are found in their normal form, all of them and no other', () => {
    for (const one of met.values()) assertIdentifiers(one)
  })

  test('hits name list, entry and category in the scheme of the list', () => {
    for (const one of met.values()) assertHits(one)
  })

  test('no referral stands below its declared priority, nor below what is told in a field', () => {
    for (const one of met.values()) assertPriority(one)
  })

  test('one referral alone stands low: a meeting told in words only, and its child still makes it P2', () => {
    const low = [...met.values()].filter(isLow)
    assert.deepEqual(
      low.map(({ truth, shown }) => [truth.scenario, shown.item.priority.effective]),
      [['declared-p3-should-rise', 'P2']],
    )
  })

  test('known is not urgent: a list match alone is P3', () => {
    for (const { shown } of of('known-file-only')) assert.equal(shown.item.priority.computed, 'P3')
  })

  test('a supplement is folded into its report and raises it, whichever came first', () => {
    for (const scenario of ['supplement', 'supplement-before-original']) {
      const supplement = of(scenario).find(({ truth }) => truth.relation.kind === 'supplement')
      assert.ok(supplement)
      const original = met.get(supplement.truth.relation.of ?? '')
      assert.ok(original)
      assert.equal(supplement.shown.item.state, 'folded')
      assert.deepEqual(relationsTo(supplement, original).sort(), ['folded into', 'supplement to'])
      assert.deepEqual(relationsTo(original, supplement).sort(), ['folded', 'supplemented by'])
      const { atLeast } = supplement.truth.priority
      assert.ok(original.shown.item.priority.effective <= atLeast, `${scenario} is not raised`)
    }
  })

  test('details of a file that came apart are folded into their report and hit the list there', () => {
    const later = of('file-details-later').find(({ truth }) => truth.relation.kind === 'file details')
    assert.ok(later)
    assert.equal(endsIn(later, met).truth.id, later.truth.relation.of)
  })

  test('one incident told by two senders is one bundle', () => {
    const second = of('same-incident-two-senders').find(({ truth }) => truth.relation.kind === 'same incident')
    assert.ok(second)
    assert.equal(endsIn(second, met).truth.id, second.truth.relation.of)
    assert.ok(relationsTo(second, met.get(second.truth.relation.of ?? '')).includes('same incident'))
  })

  test('a viral flood becomes one referral and its count; the first three stay for people to see', () => {
    const [first, second, third, ...copies] = of('viral-flood').filter(({ truth }) => truth.platform !== 'Testplay')
    for (const open of [first, second, third]) assert.equal(open?.shown.item.state, 'open')
    assert.equal(copies.length, 10)
    for (const copy of copies) {
      assert.equal(copy.shown.item.state, 'folded')
      assert.equal(endsIn(copy, met), first)
    }
    assert.equal(first?.shown.item.folded, copies.length)
    assert.equal(first?.shown.item.priority.effective, 'P3')
  })

  test('the same account is said on both referrals and folds nothing', () => {
    const related = [...met.values()].filter(({ truth }) => truth.relation.kind === 'same account')
    assert.ok(related.length >= 2)
    for (const one of related) {
      const other = met.get(one.truth.relation.of ?? '')
      assert.deepEqual(relationsTo(one, other), ['same account'], one.truth.id)
      assert.equal(one.shown.item.state, 'open')
    }
  })

  test('strangers behind one address are not related, and the address shows where else it stands', () => {
    const behind = of('shared-address')
    assert.equal(behind.length, 4)
    for (const { shown } of behind) {
      assert.deepEqual(shown.related, [])
      const shared = shown.mentions.filter(({ kind }) => kind === 'ip')
      assert.ok(shared.some(({ alsoIn }) => alsoIn.length === 3))
    }
  })

  test('children among themselves are protected and not graded', () => {
    for (const { shown } of of('minor-to-minor')) {
      assert.equal(shown.score.offenderDanger, 0)
      assert.ok(shown.score.remarks.some((says) => says.includes('may be a child')))
      assert.equal(shown.item.priority.computed, 'P2')
    }
  })

  test('every rank adds up to its reasons, and each reason names its place', () => {
    for (const { shown, truth } of met.values()) {
      for (const axis of ['child urgency', 'offender danger'] as const) {
        const lines = shown.score.factors.filter((line) => line.axis === axis)
        const sum = lines.reduce((all, { contribution }) => all + contribution, 0)
        assert.equal(sum, axis === 'child urgency' ? shown.score.childUrgency : shown.score.offenderDanger, truth.id)
      }
      for (const line of shown.score.factors) {
        if (line.value === 'yes') assert.ok(line.evidence.length > 0, `${truth.id} ${line.factor} names no place`)
      }
    }
  })

  test('neither agency sees a row of the other', async () => {
    const { national, signals } = work.founded
    const desks: [Desk, Desk] = [await deskOf(work, national.dutyManager), await deskOf(work, signals.dutyManager)]
    const ids = await Promise.all(
      desks.map(async (desk) => {
        const { items } = await desk.queue('all')
        return items.map(({ id }) => id)
      }),
    )
    const [ofNational = [], ofSignals = []] = ids
    assert.ok(ofNational.length > 0 && ofSignals.length > 0)
    assert.equal(ofNational.length + ofSignals.length, met.size)
    for (const id of ofSignals) assert.equal(await refusal(desks[0].show(id)), 'TANDEM-FIND-001')
    for (const id of ofNational.slice(0, 10)) assert.equal(await refusal(desks[1].show(id)), 'TANDEM-FIND-001')
    // The same people are reported at both, and neither desk says so.
    for (const { referrals } of operationTruth.subjectsInBothAgencies) {
      for (const id of referrals) {
        const here = met.get(id)
        if (here === undefined) continue
        const mine = ofNational.includes(here.shown.item.id) ? ofNational : ofSignals
        const seen = [...here.shown.related, ...here.shown.mentions.flatMap(({ alsoIn }) => alsoIn)]
        for (const other of seen) assert.ok(mine.includes(other.id))
      }
    }
  })

  test('a stranger’s file, identifier and reference are not found at the other agency', async () => {
    const desk = await deskOf(work, work.founded.signals.dutyManager)
    const [other] = of('half-empty-p1')
    const [mention] = other?.shown.mentions ?? []
    assert.ok(other && mention)
    for (const text of [other.truth.reference ?? '', mention.original]) {
      const { referrals } = await desk.search(text)
      assert.deepEqual(
        referrals.filter(({ id }) => id === other.shown.item.id),
        [],
      )
    }
  })
})
