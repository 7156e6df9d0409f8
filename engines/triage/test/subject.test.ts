import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  axes,
  evidenceOf,
  type LinkedReferral,
  type LookModel,
  rankInterval,
  rankSubject,
  subjectChanges,
  triage,
  usualLook,
  withoutEachLink,
} from '@tandem/triage'
import fc from 'fast-check'
import { lnHundredths } from '../src/subject/logarithm.ts'
import { anyFacts, context, count, now, withoutGates, yes } from './cases.ts'

const referral = (id: string, facts: Parameters<typeof evidenceOf>[0], more: Partial<LinkedReferral> = {}) => ({
  id,
  evidence: evidenceOf(facts, { now }),
  link: 1000,
  lookedAt: false,
  ...more,
})
const facts = fc.oneof(anyFacts, anyFacts.map(withoutGates))
const several: fc.Arbitrary<LinkedReferral[]> = fc
  .array(
    fc.tuple(facts, fc.integer({ min: 0, max: 1000 }), fc.boolean(), fc.option(fc.integer({ min: -5, max: 900 }))),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) =>
    all.map(([one, link, lookedAt, hoursLeft], at) => referral(`r${at}`, one, { link, lookedAt, hoursLeft })),
  )
const look: fc.Arbitrary<LookModel> = fc.record({
  tells: fc.integer({ min: 0, max: 1000 }),
  furtherCost: fc.integer({ min: 0, max: 1000 }),
})
const runs = { numRuns: 300 }

test('the reasons of a subject add up exactly to its rank and to both axes', () => {
  fc.assert(
    fc.property(several, look, (referrals, model) => {
      const score = rankSubject(referrals, model)
      for (const { hundredths } of score.reasons) assert.ok(Number.isInteger(hundredths))
      assert.equal(
        score.reasons.reduce((sum, { hundredths }) => sum + hundredths, 0),
        score.rank,
      )
      for (const axis of axes) {
        const own = score.reasons.filter((reason) => reason.axis === axis)
        const sum = own.reduce((total, { hundredths }) => total + hundredths, 0)
        assert.equal(sum, axis === 'child urgency' ? score.childUrgency : score.offenderDanger)
      }
    }),
    runs,
  )
})

test('one referral by itself says as a subject what it says alone', () => {
  fc.assert(
    fc.property(facts, (one) => {
      const alone = triage(one, context)
      const score = rankSubject([referral('one', one)])
      assert.equal(score.childUrgency, alone.childUrgency.hundredths)
      assert.equal(score.offenderDanger, alone.offenderDanger.hundredths)
      assert.equal(score.priority, alone.computedPriority)
    }),
    runs,
  )
})

test('the order in which referrals are given leaves no trace', () => {
  fc.assert(
    fc.property(several, look, (referrals, model) => {
      const { reasons: _, ...there } = rankSubject([...referrals].reverse(), model)
      const { reasons: __, ...here } = rankSubject(referrals, model)
      assert.deepEqual(
        { ...there, openGates: new Set(there.openGates) },
        { ...here, openGates: new Set(here.openGates) },
      )
    }),
    runs,
  )
})

test('a link never sinks a referral below what it says by itself while nothing was looked at', () => {
  fc.assert(
    fc.property(several, look, (referrals, model) => {
      const open = referrals.map((one) => ({ ...one, lookedAt: false, hoursLeft: null }))
      if (open.some(({ evidence }) => evidence.lane === 'child suspect')) return
      const { rank } = rankSubject(open, model)
      for (const one of open) assert.ok(rank >= rankSubject([{ ...one, link: 1000 }], model).rank)
    }),
    runs,
  )
})

test('ten copies of one fact are one fact and a little, never ten', () => {
  const one = rankSubject([referral('a', yes('producerSignals'))])
  const ten = rankSubject(Array.from({ length: 10 }, (_, at) => referral(`r${at}`, yes('producerSignals'))))
  const points = (score: typeof one) =>
    score.reasons
      .filter(({ factor }) => factor === 'producerSignals')
      .reduce((sum, { hundredths }) => sum + hundredths, 0)
  assert.ok(points(ten) > points(one) && points(ten) < 2 * points(one))
})

test('what calms counts only when every referral says it', () => {
  const calm = (score: ReturnType<typeof rankSubject>) =>
    score.reasons.find(({ factor, axis }) => factor === 'viralOrMeme' && axis === 'child urgency')?.hundredths
  assert.equal(calm(rankSubject([referral('a', yes('viralOrMeme')), referral('b', yes('viralOrMeme'))])), -100)
  assert.equal(calm(rankSubject([referral('a', yes('viralOrMeme')), referral('b', count('novelFiles', 3))])), 0)
})

test('gates stand until somebody has looked, and no number outweighs them', () => {
  const gate = referral('a', yes('selfHarmStated', 'viralOrMeme', 'adultsKnown'))
  assert.equal(rankSubject([gate, referral('b', yes('viralOrMeme'))]).priority, 'P1')
  assert.equal(rankSubject([{ ...gate, lookedAt: true }, referral('b', yes('viralOrMeme'))]).openGates.length, 0)
})

test('a subject with a child who may have harmed a child is protected: danger is not scored', () => {
  const score = rankSubject([
    referral('a', yes('minorToMinor')),
    referral('b', yes('producerSignals', 'accessToChildren')),
  ])
  assert.equal(score.offenderDanger, 0)
  assert.notEqual(score.priority, 'P3')
})

test('where one look tells all, one referral is looked at; where it tells little, several', () => {
  const linked = Array.from({ length: 5 }, (_, at) => referral(`r${at}`, yes('groomingOfChild')))
  assert.equal(rankSubject(linked, { tells: 1000, furtherCost: 100 }).look.referrals, 1)
  assert.equal(rankSubject(linked, { tells: 350, furtherCost: 100 }).look.referrals, 4)
  assert.equal(rankSubject(linked, { tells: 350, furtherCost: 1000 }).look.referrals, 1)
})

test('the interval is the same every time, holds its ends in order, and is wider where a link is not sure', () => {
  const sure = [referral('a', yes('groomingOfChild')), referral('b', yes('producerSignals', 'accessToChildren'))]
  const doubtful = sure.map((one) => (one.id === 'b' ? { ...one, link: 500 } : one))
  assert.deepEqual(rankInterval(sure), rankInterval([...sure].reverse()))
  const width = ({ low, high }: ReturnType<typeof rankInterval>) => high - low
  assert.ok(width(rankInterval(doubtful)) > width(rankInterval(sure)))
  fc.assert(
    fc.property(several, (referrals) => {
      const { low, high } = rankInterval(referrals, usualLook)
      assert.ok(low <= high)
    }),
    { numRuns: 20 },
  )
})

test('what changed adds up to the change of the rank, and each link says what it holds', () => {
  fc.assert(
    fc.property(several, several, (before, after) => {
      const [a, b] = [rankSubject(before), rankSubject(after)]
      const moved = subjectChanges(a, b).reduce((sum, { from, to }) => sum + to - from, 0)
      assert.equal(moved, b.rank - a.rank)
      for (const { id, rank } of withoutEachLink(before)) {
        assert.equal(rank, rankSubject(before.filter((one) => one.id !== id)).rank)
      }
    }),
    runs,
  )
})

test('what a provider deletes soon hurries, apart from how grave it is', () => {
  const score = (hoursLeft: number | null) => rankSubject([referral('a', yes('groomingOfChild'), { hoursLeft })])
  assert.equal(score(60).rank - score(null).rank, 75)
  assert.equal(score(300).rank - score(null).rank, 25)
  assert.equal(score(-1).rank, score(null).rank)
  assert.equal(score(60).childUrgency, score(null).childUrgency)
})

test('the logarithm in whole numbers is the logarithm', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), fc.integer({ min: 1, max: 2_000_000_000 }), (a, b) => {
      assert.ok(Math.abs(lnHundredths(a, b) + 0.5 - 100 * Math.log(a / b)) <= 0.501)
    }),
  )
})
