import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalScore, differences, type FactorRule, tandem1, triage } from '@tandem/triage'
import { context, count, hit, instant, no, now, yes } from './cases.ts'

const clock = (score: ReturnType<typeof triage>, name: string) => score.actBy.find((one) => one.clock === name)

test('a referral that says nothing is P3 at 0, in the middle of nothing and not at the bottom', () => {
  const score = triage({}, context)
  assert.equal(score.computedPriority, 'P3')
  assert.deepEqual(score.childUrgency, { hundredths: 0, logOdds: 0, band: 25, scored: true })
  assert.ok(triage(yes('viralOrMeme'), context).childUrgency.hundredths < 0)
})

test('a half-empty P1 stays P1: one stated emergency is enough', () => {
  const score = triage({ ...yes('abuseNowOrImminent'), ...count('completeness', 4) }, context)
  assert.equal(score.computedPriority, 'P1')
  assert.equal(score.priorityBecause.kind, 'gate')
  assert.equal(score.priorityBecause.name, 'abuseNowOrImminent')
  assert.equal(clock(score, 'first decision')?.dueAt, '2026-03-10T12:30:00.000Z')
})

test('a declared P1 with nothing else keeps P1 until a person decides, and the gap is shown', () => {
  const score = triage(
    { declared: [{ level: 'P1', sender: 'Test Sender', evidence: [{ place: '$.priority' }] }] },
    context,
  )
  assert.equal(score.computedPriority, 'P3')
  assert.equal(score.untilConfirmed, 'P1')
  assert.ok(score.remarks.some((remark) => remark.code === 'below-declared'))
  assert.equal(clock(score, 'first decision')?.dueAt, '2026-03-10T12:30:00.000Z')
})

test('a computed priority rises above the declared one by itself', () => {
  const score = triage(
    { ...yes('selfHarmStated'), declared: [{ level: 'P3', sender: 'Test Sender', evidence: [] }] },
    context,
  )
  assert.equal(score.untilConfirmed, 'P1')
})

test('a hash match alone is P3, however many copies arrive', () => {
  const once = triage({ listHits: [hit('f1', '$.files[0]')] }, context)
  const copies = Array.from({ length: 500 }, (_, index) => hit('f1', `$.files[${index}]`))
  const flood = triage({ listHits: copies }, context)
  assert.equal(once.computedPriority, 'P3')
  assert.equal(flood.computedPriority, 'P3')
  assert.equal(flood.offenderDanger.hundredths, once.offenderDanger.hundredths)
  assert.equal(flood.childUrgency.hundredths, 0)
  assert.ok(
    triage({ listHits: [hit('f1', '$'), hit('f1', '$'), ...other(10)] }, context).offenderDanger.hundredths > 25,
  )
})

const other = (many: number) => Array.from({ length: many }, (_, index) => hit(`g${index}`, `$.files[${index}]`))

test('a viral flood sinks inside P3, and the one copy with a child behind it does not', () => {
  const flood = { ...yes('viralOrMeme', 'knownMaterialOnly'), listHits: [hit('f1', '$.files[0]')] }
  const silent = triage({}, context)
  assert.ok(triage(flood, context).childUrgency.hundredths < silent.childUrgency.hundredths)
  assert.equal(triage(flood, context).computedPriority, 'P3')
  assert.equal(triage({ ...flood, ...yes('threatToLife') }, context).computedPriority, 'P1')
})

test('text-only grooming of a child is P2 without a single file', () => {
  const score = triage({ ...yes('groomingOfChild'), ...count('novelFiles', 0), ...count('knownFiles', 0) }, context)
  assert.equal(score.computedPriority, 'P2')
  assert.equal(score.priorityBecause.name, 'groomingOfChild')
})

test('sextortion jumps the queue', () => {
  assert.equal(triage(yes('sextortion', 'minorToMinor'), context).computedPriority, 'P1')
})

test('a child who made the material is a victim first: nothing is added to anybody’s danger', () => {
  const score = triage(yes('childMadeOrSentMaterial'), context)
  assert.equal(score.computedPriority, 'P2')
  assert.equal(score.offenderDanger.hundredths, 0)
})

test('the child-suspect lane protects: P2, no danger score, and it says so', () => {
  const facts = { ...yes('minorToMinor', 'producerSignals', 'accessToChildren'), ...count('repeatReports', 12) }
  const score = triage(facts, context)
  assert.equal(score.lane, 'child suspect')
  assert.equal(score.computedPriority, 'P2')
  assert.deepEqual(score.offenderDanger, { hundredths: 0, logOdds: 0, band: 25, scored: false })
  assert.ok(score.remarks.some((remark) => remark.code === 'child-suspect-lane'))
  const silenced = score.factors.find((one) => one.factor === 'producerSignals' && one.axis === 'offender danger')
  assert.equal(silenced?.contribution, 0)
  assert.equal(silenced?.reduced?.from, 200)
})

test('an adult who poses as a child leaves the lane, and the contradiction is remarked', () => {
  const score = triage(yes('minorToMinor', 'offenderAdult', 'producerSignals'), context)
  assert.equal(score.lane, 'usual')
  assert.equal(score.offenderDanger.hundredths, 250)
  assert.ok(score.remarks.some((remark) => remark.code === 'contradiction'))
})

test('several signs without a gate reach P2 by a named threshold', () => {
  const facts = { ...yes('producerSignals', 'childIdentifiedOrLocated'), ...count('childAge', 9) }
  const score = triage(facts, context)
  assert.equal(score.computedPriority, 'P2')
  assert.deepEqual([score.priorityBecause.kind, score.priorityBecause.name], ['threshold', 'child urgency'])
  assert.match(score.priorityBecause.says, /3\.75.*2\.50/)
})

test('evidence of one type saturates and says so', () => {
  const score = triage({ ...yes('childIsInfant', 'childIsPrepubescent'), ...count('childAge', 1) }, context)
  assert.equal(score.childUrgency.hundredths, 100)
  assert.ok(score.factors.some((one) => one.reduced !== undefined && one.contribution === 0))
})

test('material made 30 days ago is recent, a day older is not, and an unknown zone is not said', () => {
  const madeAt = (text: string) => triage(instant('materialMadeAt', text), context)
  assert.equal(madeAt('2026-02-08T12:00:00Z').computedPriority, 'P2')
  assert.equal(madeAt('2026-02-07T12:00:00Z').computedPriority, 'P3')
  const zoneless = madeAt('2026-03-09T12:00:00')
  assert.equal(zoneless.factors.find((one) => one.factor === 'recentlyMadeMaterial')?.value, 'not said')
  assert.deepEqual(
    zoneless.remarks.map((remark) => remark.code),
    ['bad-instant'],
  )
})

test('a stated no against a recent instant counts as yes and is remarked', () => {
  const score = triage({ ...no('recentlyMadeMaterial'), ...instant('materialMadeAt', now) }, context)
  assert.equal(score.computedPriority, 'P2')
  assert.deepEqual(
    score.remarks.map((remark) => remark.code),
    ['contradiction'],
  )
})

test('an unusable number is remarked and counts as not said, not as zero', () => {
  const score = triage(count('novelFiles', -3), context)
  assert.equal(score.factors.find((one) => one.factor === 'novelFiles')?.value, 'not said')
  assert.deepEqual(
    score.remarks.map((remark) => remark.code),
    ['bad-number'],
  )
})

test('narrative text never travels with a score', () => {
  const evidence = [
    { place: '$.text', quote: 'the words of a child' },
    { place: '$.text', quote: 'more words', quoteIs: 'narrative' as const },
    { place: '$.flag', quote: 'true', quoteIs: 'field value' as const },
  ]
  const bytes = canonicalScore(triage({ groomingOfChild: { value: 'yes', evidence } }, context))
  assert.doesNotMatch(bytes, /words/)
  assert.match(bytes, /"place":"\$\.text"/)
  assert.match(bytes, /"quote":"true"/)
})

test('clocks: P2 on the same day, P3 in 28 days, safeguarding apart, provider data one year from detection', () => {
  const p2 = triage({ ...yes('liveStreaming'), ...instant('detectedAt', '2025-03-10T10:00:00Z') }, context)
  assert.equal(clock(p2, 'first decision')?.dueAt, '2026-03-10T23:30:00.000Z')
  assert.equal(clock(p2, 'safeguarding referral')?.dueAt, '2026-03-11T11:30:00.000Z')
  assert.deepEqual(
    [clock(p2, 'provider data')?.dueAt, clock(p2, 'provider data')?.passed],
    ['2026-03-10T10:00:00.000Z', true],
  )
  const p3 = triage({ ...instant('detectedAt', '2024-02-29T00:00:00Z') }, context)
  assert.equal(clock(p3, 'first decision')?.dueAt, '2026-04-07T11:30:00.000Z')
  assert.equal(clock(p3, 'safeguarding referral'), undefined)
  assert.equal(clock(p3, 'provider data')?.dueAt, '2025-02-28T00:00:00.000Z')
  assert.equal(clock(triage({}, context), 'provider data')?.dueAt, null)
  for (const one of p2.actBy) assert.notEqual(one.rule, '')
})

test('a stated expiry of the provider’s data wins over the year from detection', () => {
  const facts = { ...instant('dataExpiryAt', '2026-04-01T00:00:00Z'), ...instant('detectedAt', '2026-03-01T00:00:00Z') }
  assert.equal(clock(triage(facts, context), 'provider data')?.dueAt, '2026-04-01T00:00:00.000Z')
})

test('what changed since you looked: value, gate, priority and clock, and silence when nothing did', () => {
  const first = triage(count('novelFiles', 2), context)
  const then = triage({ ...count('novelFiles', 2), ...yes('meetingPlanned') }, context)
  const found = differences(first, then)
  assert.equal(found.same, false)
  assert.deepEqual(found.computedPriority, { from: 'P3', to: 'P1' })
  assert.deepEqual(found.gatesOpened, [{ factor: 'meetingPlanned', priority: 'P1' }])
  assert.deepEqual(
    found.factors.map((change) => [change.factor, change.axis, change.value.to, change.hundredths.to]),
    [
      ['meetingPlanned', 'child urgency', 'yes', 350],
      ['meetingPlanned', 'offender danger', 'yes', 250],
    ],
  )
  assert.deepEqual(
    found.clocks.map((change) => change.clock),
    ['first decision', 'safeguarding referral'],
  )
  assert.deepEqual(differences(then, first).gatesClosed, [{ factor: 'meetingPlanned', priority: 'P1' }])
  assert.equal(
    differences(first, triage(count('novelFiles', 2), { ...context, now: '2026-03-10T12:05:00Z' })).same,
    true,
  )
  assert.equal(differences(first, triage(count('novelFiles', 3), context)).factors.length, 2)
})

test('a gate without points holds against the heaviest calming statement a weight file can make', () => {
  const calmed = { ...tandem1, factors: tandem1.factors.map(calming) }
  const score = triage(yes('abuseNowOrImminent', 'viralOrMeme', 'adultsKnown'), { ...context, weights: calmed })
  assert.equal(score.childUrgency.hundredths, -2000)
  assert.equal(score.childUrgency.band, 0)
  assert.equal(score.computedPriority, 'P1')
})

const calming = (rule: FactorRule): FactorRule =>
  rule.type === 'flag'
    ? { ...rule, points: { 'child urgency': { yes: rule.kind === 'protective' ? -1000 : 0, no: 0 } } }
    : rule

test('the child-suspect lane ends by a stated adult even where that carries no points', () => {
  const weights = {
    ...tandem1,
    factors: tandem1.factors.map((rule) => (rule.factor === 'offenderAdult' ? calming(rule) : rule)),
  }
  const score = triage(yes('minorToMinor', 'producerSignals'), { ...context, weights })
  const move = score.whatWouldMove.find((one) => one.factor === 'offenderAdult' && one.ifValue === 'yes')
  assert.equal(move?.gives.offenderDanger, 200)
})

test('a wrong now is a bug and stops', () => {
  assert.throws(() => triage({}, { ...context, now: '2026-03-10T12:00:00' }), TypeError)
})
