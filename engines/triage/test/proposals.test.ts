import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Choice,
  type FlagName,
  flagNames,
  learnFromChoices,
  parseWeights,
  proposeWeights,
  replayWeights,
  tandem1,
  triage,
  weightFileOf,
} from '@tandem/triage'
import fc from 'fast-check'
import { Ordering } from '../src/proposals/ordering.ts'
import { readFacts } from '../src/reading.ts'
import { anyFacts, context, now, yes } from './cases.ts'

const of = { id: 'trial-1', by: 'Officer of a test', now }

test('a proposal has its own id, keeps the laws, and leaves the set in force alone', () => {
  const changes = [{ factor: 'producerSignals', axis: 'offender danger' as const, yes: 250 }]
  const proposed = proposeWeights(tandem1, { ...of, why: 'A trial.', changes })
  assert.ok(proposed.ok)
  assert.equal(proposed.value.status, 'proposal')
  assert.deepEqual(proposed.value.changes, [{ ...changes[0], was: 200 }])
  assert.equal(triage(yes('producerSignals'), context).offenderDanger.hundredths, 200)
  assert.equal(
    triage(yes('producerSignals'), { ...context, weights: proposed.value.weights }).offenderDanger.hundredths,
    250,
  )
  const refused = (more: object, change: object = {}): string => {
    const tried = proposeWeights(tandem1, {
      ...of,
      why: 'A trial.',
      changes: [{ ...changes[0], ...change }].flatMap((one) => (isChange(one) ? [one] : [])),
      ...more,
    })
    return tried.ok ? '' : tried.error.map(({ field, says }) => `${field} ${says}`).join('; ')
  }
  assert.match(refused({ id: 'tandem-1' }), /a changed number needs a new id/)
  assert.match(refused({}, { yes: -25 }), /a risk never lowers/)
  assert.match(refused({}, { yes: 30 }), /steps of 25/)
  assert.match(refused({}, { factor: 'postcode' }), /no yes-or-no factor/)
  assert.match(refused({ why: ' ' }), /why must be a text/)
})

const isChange = (value: object): value is { factor: string; axis: 'offender danger'; yes: number } =>
  'factor' in value && 'axis' in value && 'yes' in value

test('a proposed set written as a file is read as the same set', () => {
  const file: unknown = JSON.parse(JSON.stringify(weightFileOf(tandem1)))
  assert.deepEqual(parseWeights(file), { ok: true, value: tandem1 })
})

test('a replay counts every case once and says what triage says under both sets', () => {
  const proposed = proposeWeights(tandem1, {
    ...of,
    why: 'A trial.',
    changes: [
      { factor: 'physicalHarmOrSadistic', axis: 'child urgency', yes: 300 },
      { factor: 'viralOrMeme', axis: 'child urgency', yes: -300 },
    ],
  })
  assert.ok(proposed.ok)
  const after = proposed.value.weights
  fc.assert(
    fc.property(fc.array(anyFacts, { minLength: 1, maxLength: 12 }), (all) => {
      const cases = all.map((facts, at) => ({ id: `c${at}`, facts, receivedAt: context.receivedAt }))
      const replay = replayWeights(tandem1, after, cases, now)
      const moved = [...replay.raised, ...replay.lowered, ...replay.shifted]
      assert.equal(moved.length + replay.unchanged, cases.length)
      assert.equal(new Set(moved.map(({ id }) => id)).size, moved.length)
      for (const { id, facts } of cases) {
        const to = triage(facts, { ...context, weights: after })
        const one = moved.find((each) => each.id === id)
        const from = triage(facts, context)
        assert.equal(one?.priority.to ?? from.computedPriority, to.computedPriority)
        assert.equal(one?.childUrgency.to ?? from.childUrgency.hundredths, to.childUrgency.hundredths)
      }
    }),
    { numRuns: 60 },
  )
})

const choice = (id: string, first: FlagName[], second: FlagName[]): Choice => ({
  id,
  first: yes(...first),
  second: yes(...second),
})

test('choices become a proposal that agrees with them more, within the laws and near where it began', () => {
  const choices = Array.from({ length: 40 }, (_, at) =>
    choice(`c${at}`, ['severalChildren'], ['physicalHarmOrSadistic']),
  )
  const learned = learnFromChoices(choices, tandem1, of)
  assert.ok(learned.proposal !== null, learned.says)
  assert.equal(learned.proposal.status, 'proposal')
  assert.ok(learned.agreed.after > learned.agreed.before)
  for (const { factor, yes, was } of learned.proposal.changes) {
    assert.ok(['severalChildren', 'physicalHarmOrSadistic'].includes(factor))
    assert.ok(Math.abs(yes - was) <= 100 && yes >= 0 && yes % 25 === 0)
  }
  assert.deepEqual(learnFromChoices([...choices].reverse(), tandem1, of), learned)
})

test('few choices, and choices that contradict each other, move nothing', () => {
  const few = Array.from({ length: 19 }, (_, at) => choice(`c${at}`, ['severalChildren'], ['physicalHarmOrSadistic']))
  assert.equal(learnFromChoices(few, tandem1, of).proposal, null)
  const torn = Array.from({ length: 400 }, (_, at) =>
    Math.floor(at / 2) % 2 === 0
      ? choice(`t${at}`, ['producerSignals'], ['accessToChildren'])
      : choice(`t${at}`, ['accessToChildren'], ['producerSignals']),
  )
  const learned = learnFromChoices(torn, tandem1, of)
  assert.ok((learned.proposal?.changes ?? []).every(({ yes, was }) => Math.abs(yes - was) <= 100))
})

test('whatever is chosen, what is learned keeps the laws', () => {
  const flags = fc.subarray([...flagNames], { maxLength: 3 })
  fc.assert(
    fc.property(fc.array(fc.tuple(flags, flags), { minLength: 20, maxLength: 60 }), (pairs) => {
      const learned = learnFromChoices(
        pairs.map(([first, second], at) => choice(`c${at}`, first, second)),
        tandem1,
        of,
      )
      if (learned.proposal !== null) assert.equal(learned.proposal.basedOn, 'tandem-1')
      assert.doesNotMatch(learned.says, /must|never lowers/)
    }),
    { numRuns: 15 },
  )
})

test('what is recent is judged at the moment of the score, not at the moment of learning', () => {
  const recent = { incidentAt: { instant: '2026-01-02T00:00:00Z', evidence: [] } }
  const choices = Array.from({ length: 40 }, (_, at): Choice => ({ id: `r${at}`, first: recent, second: {} }))
  const scoredAt = { first: '2026-01-10T00:00:00Z', second: '2026-01-10T00:00:00Z' }
  const late = { ...of, now: '2026-12-01T00:00:00Z' }
  const learned = learnFromChoices(
    choices.map((one) => ({ ...one, scoredAt })),
    tandem1,
    late,
  )
  assert.equal(learned.agreed.before, 40)
  assert.equal(learnFromChoices(choices, tandem1, late).agreed.before, 0)
})

test('a step is judged as if everything were added up anew', () => {
  const flags = fc.subarray([...flagNames], { maxLength: 6 })
  const changes = tandem1.factors.flatMap((rule) =>
    rule.type !== 'flag'
      ? []
      : (['child urgency', 'offender danger'] as const).flatMap((axis) => {
          const yes = rule.points[axis]?.yes
          return yes === undefined ? [] : [{ factor: rule.factor, axis, yes: yes + (rule.kind === 'risk' ? 25 : -25) }]
        }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(flags, flags), { maxLength: 20 }), fc.shuffledSubarray(changes), (pairs, taken) => {
      const choices = pairs.map(([first, second], at) => ({
        half: at % 2 === 0 ? (0 as const) : (1 as const),
        first: readFacts(yes(...first), tandem1, 0).spoken,
        second: readFacts(yes(...second), tandem1, 0).spoken,
      }))
      const ordering = new Ordering(choices, tandem1)
      for (const change of taken.slice(0, 8)) {
        const judged = ordering.lossesWith(change)
        ordering.take(change)
        const anew = new Ordering(choices, ordering.weights)
        assert.deepEqual(judged, anew.losses())
        assert.equal(ordering.agreed(), anew.agreed())
      }
    }),
  )
})
