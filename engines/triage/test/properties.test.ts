import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHigher, type Priority } from '@tandem/core'
import {
  axes,
  canonicalScore,
  type FlagName,
  flagNames,
  numberNames,
  type TriageFacts,
  type TriageScore,
  tandem1,
  triage,
} from '@tandem/triage'
import fc from 'fast-check'
import { anyFacts, context, withoutGates } from './cases.ts'

const runs = { numRuns: 250 }
const mixed = fc.tuple(anyFacts, fc.boolean()).map(([facts, bare]) => (bare ? withoutGates(facts) : facts))
const isLower = (a: Priority, b: Priority): boolean => isHigher(b, a)
const kindOf = (name: string) => tandem1.factors.find((rule) => rule.factor === name)?.kind
const risks = flagNames.filter((name) => kindOf(name) === 'risk')
const sumOn = (score: TriageScore, axis: (typeof axes)[number]) =>
  axis === 'child urgency' ? score.childUrgency : score.offenderDanger

test('reasons add up exactly to both axes, in hundredths and in plain floating point', () => {
  fc.assert(
    fc.property(mixed, (facts) => {
      const score = triage(facts, context)
      for (const axis of axes) {
        const own = score.factors.filter((factor) => factor.axis === axis)
        const total = sumOn(score, axis)
        assert.equal(
          own.reduce((sum, factor) => sum + factor.hundredths, 0),
          total.hundredths,
        )
        assert.equal(
          own.reduce((sum, factor) => sum + factor.contribution, 0),
          total.logOdds,
        )
      }
    }),
    runs,
  )
})

test('every factor is listed on every axis it stands on, the silent ones with 0', () => {
  fc.assert(
    fc.property(mixed, (facts) => {
      const score = triage(facts, context)
      assert.deepEqual(new Set(score.factors.map((factor) => factor.factor)), new Set([...flagNames, ...numberNames]))
      for (const factor of score.factors) {
        assert.notEqual(factor.says, '')
        assert.doesNotMatch(factor.says, /\{n\}/)
        if (factor.value === 'not said') assert.equal(factor.contribution, 0)
      }
    }),
    runs,
  )
})

test('a yes on a risk never lowers the computed priority nor child urgency', () => {
  fc.assert(
    fc.property(mixed, fc.constantFrom(...risks), (facts, name) => {
      const before = triage(facts, context)
      const after = triage(stating(facts, name, 'yes'), context)
      assert.ok(!isLower(after.computedPriority, before.computedPriority))
      assert.ok(after.childUrgency.hundredths >= before.childUrgency.hundredths)
      // The one exception is the lane that protects: it takes the danger score away and never the priority.
      if (name !== 'minorToMinor') assert.ok(after.offenderDanger.hundredths >= before.offenderDanger.hundredths)
    }),
    { numRuns: 800 },
  )
})

test('a larger count or a younger age never lowers the priority nor an axis', () => {
  fc.assert(
    fc.property(mixed, fc.constantFrom(...numberNames), fc.nat(150), fc.nat(150), (facts, name, a, b) => {
      const [low, high] = name === 'childAge' ? [Math.max(a, b), Math.min(a, b)] : [Math.min(a, b), Math.max(a, b)]
      const less = triage({ ...facts, [name]: { number: low, evidence: [] } }, context)
      const more = triage({ ...facts, [name]: { number: high, evidence: [] } }, context)
      assert.ok(!isLower(more.computedPriority, less.computedPriority))
      for (const axis of axes) assert.ok(sumOn(more, axis).hundredths >= sumOn(less, axis).hundredths)
    }),
    { numRuns: 500 },
  )
})

test('not said in place of a stated no never lowers the priority nor an axis', () => {
  fc.assert(
    fc.property(mixed, fc.constantFrom(...flagNames), (facts, name) => {
      const refused = triage(stating(facts, name, 'no'), context)
      const silent = triage(stating(facts, name, 'not said'), context)
      assert.ok(!isLower(silent.computedPriority, refused.computedPriority))
      for (const axis of axes) assert.ok(sumOn(silent, axis).hundredths >= sumOn(refused, axis).hundredths)
    }),
    { numRuns: 500 },
  )
})

test('a fact left out and a fact not said give the same bytes', () => {
  fc.assert(
    fc.property(mixed, (facts) => {
      const spoken = { ...facts }
      for (const name of flagNames) spoken[name] ??= { value: 'not said', evidence: [] }
      for (const name of numberNames) spoken[name] ??= { number: null, evidence: [] }
      assert.equal(canonicalScore(triage(spoken, context)), canonicalScore(triage(facts, context)))
    }),
    runs,
  )
})

test('the order of keys, evidence, hits and declarations leaves no trace', () => {
  fc.assert(
    fc.property(mixed, (facts) => {
      assert.equal(canonicalScore(triage(turned(facts), context)), canonicalScore(triage(facts, context)))
    }),
    runs,
  )
})

test('the instant counts, not the zone it is written in', () => {
  const zulu = canonicalScore(triage({}, { now: '2026-03-10T12:00:00Z', receivedAt: '2026-03-10T11:30:00Z' }))
  const elsewhere = { now: '2026-03-10T17:30:00+05:30', receivedAt: '2026-03-10T06:30:00-05:00' }
  assert.equal(canonicalScore(triage({}, elsewhere)), zulu)
})

test('no score outweighs an open gate', () => {
  const gates = tandem1.factors.flatMap((rule) =>
    rule.gate === null ? [] : [{ factor: rule.factor, gate: rule.gate }],
  )
  const calming: FlagName[] = ['viralOrMeme', 'knownMaterialOnly', 'adultsKnown', 'generativeAi']
  fc.assert(
    fc.property(mixed, fc.constantFrom(...gates), (facts, { factor, gate }) => {
      let calmed = facts
      for (const name of calming) calmed = stating(calmed, name, 'yes')
      const score = triage({ ...calmed, [factor]: { value: 'yes', evidence: [] } }, context)
      assert.ok(!isLower(score.computedPriority, gate))
      assert.ok(score.openGates.some((open) => open.factor === factor && open.priority === gate))
      assert.ok(score.factors.some((line) => line.factor === factor && line.gate === gate))
    }),
    runs,
  )
})

test('what would move it is true: the engine run again with that change gives the stated rank', () => {
  let checked = 0
  fc.assert(
    fc.property(mixed, (facts) => {
      const score = triage(facts, context)
      for (const move of score.whatWouldMove) {
        const old = Object.entries(facts).find(([name]) => name === move.factor)?.[1]
        const rest = { evidence: [], ...(typeof old === 'object' ? old : {}) }
        const change =
          typeof move.ifValue === 'number' ? { ...rest, number: move.ifValue } : { ...rest, value: move.ifValue }
        const again = triage({ ...facts, [move.factor]: change }, context)
        assert.deepEqual(
          {
            childUrgency: again.childUrgency.hundredths,
            offenderDanger: again.offenderDanger.hundredths,
            priority: again.computedPriority,
          },
          move.gives,
        )
        checked += 1
      }
    }),
    { numRuns: 80 },
  )
  assert.ok(checked > 1000)
})

test('every silent gate that would raise the priority is named in what would move it', () => {
  fc.assert(
    fc.property(mixed, (facts) => {
      const score = triage(facts, context)
      for (const rule of tandem1.factors) {
        const silent = score.factors.some((line) => line.factor === rule.factor && line.value === 'not said')
        if (rule.gate === null || !silent || !isHigher(rule.gate, score.computedPriority)) continue
        assert.ok(
          score.whatWouldMove.some(
            (move) => move.factor === rule.factor && move.ifValue === 'yes' && move.gives.priority === rule.gate,
          ),
        )
      }
    }),
    runs,
  )
})

test('what would move it is complete: a change of a flag that is not listed changes nothing', () => {
  fc.assert(
    fc.property(mixed, fc.constantFrom(...flagNames), fc.constantFrom('yes', 'no'), (facts, name, value) => {
      const score = triage(facts, context)
      if (score.whatWouldMove.some((move) => move.factor === name && move.ifValue === value)) return
      const again = triage(stating(facts, name, value), context)
      assert.equal(again.computedPriority, score.computedPriority)
      for (const axis of axes) assert.equal(sumOn(again, axis).hundredths, sumOn(score, axis).hundredths)
    }),
    runs,
  )
})

test('until a person confirms, the higher of declared and computed orders the work', () => {
  fc.assert(
    fc.property(mixed, (facts) => {
      const score = triage(facts, context)
      const levels = [score.computedPriority, ...(facts.declared ?? []).map((one) => one.level)].sort()
      assert.equal(score.untilConfirmed, levels[0])
    }),
    runs,
  )
})

const stating = (facts: TriageFacts, name: FlagName, value: 'yes' | 'no' | 'not said'): TriageFacts => ({
  ...facts,
  [name]: { value, evidence: facts[name]?.evidence ?? [] },
})

/** The same facts, all keys and lists in the other direction. */
function turned(facts: TriageFacts): TriageFacts {
  const back = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(back).reverse()
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]) => [key, back(inner)] as const)
        .reverse(),
    )
  }
  return Object.assign({}, back(facts))
}
