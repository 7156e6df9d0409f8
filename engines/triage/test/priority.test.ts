import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHigher, type Priority, priorities } from '@tandem/core'
import {
  type ActBy,
  type Computed,
  type Confirmed,
  effectivePriority,
  mayConfirm,
  orderKey,
  triage,
} from '@tandem/triage'
import fc from 'fast-check'
import { context, instant, yes } from './cases.ts'

const computed = (level: Computed['level'], ...gates: Computed['openGates']): Computed => ({ level, openGates: gates })
const meeting = { factor: 'meetingPlanned', priority: 'P1' } as const
const selfHarm = { factor: 'selfHarmStated', priority: 'P1' } as const

test('without a person, the higher of declared and computed holds, for all nine pairs', () => {
  for (const declared of priorities) {
    for (const level of priorities) {
      const effective = effectivePriority({ declared, computed: computed(level), confirmed: null, standing: null })
      assert.equal(effective.level, declared < level ? declared : level)
    }
  }
  assert.equal(
    effectivePriority({ declared: null, computed: computed('P2'), confirmed: null, standing: null }).level,
    'P2',
  )
})

test('a person’s level holds against everything the person saw', () => {
  const saw = { declared: 'P1', computed: computed('P1', meeting) } as const
  const effective = effectivePriority({
    declared: 'P1',
    computed: computed('P1', meeting),
    confirmed: { level: 'P3', saw },
    standing: 'P3',
  })
  assert.deepEqual([effective.level, effective.from, effective.risenSinceConfirmed], ['P3', 'confirmed', false])
})

test('a computed priority rises again when something new and higher is known', () => {
  const confirmed = { level: 'P3', saw: { declared: null, computed: computed('P2') } } as const
  const effective = effectivePriority({ declared: null, computed: computed('P1', meeting), confirmed, standing: 'P3' })
  assert.deepEqual([effective.level, effective.from, effective.risenSinceConfirmed], ['P1', 'computed', true])
})

test('a new gate raises again even when the computed level is the one the person had overruled', () => {
  const confirmed = { level: 'P3', saw: { declared: null, computed: computed('P1', meeting) } } as const
  const effective = effectivePriority({
    declared: null,
    computed: computed('P1', meeting, selfHarm),
    confirmed,
    standing: 'P3',
  })
  assert.deepEqual([effective.level, effective.risenSinceConfirmed], ['P1', true])
})

test('a later declaration by a sender raises again', () => {
  const confirmed = { level: 'P3', saw: { declared: 'P3', computed: computed('P3') } } as const
  assert.equal(effectivePriority({ declared: 'P1', computed: computed('P3'), confirmed, standing: 'P3' }).level, 'P1')
})

test('nothing computed or declared lowers what a person set', () => {
  const level = fc.constantFrom(...priorities)
  const gates = fc.subarray([meeting, selfHarm])
  const anyComputed = fc.tuple(level, gates).map(([at, open]) => computed(at, ...open))
  fc.assert(
    fc.property(level, anyComputed, anyComputed, fc.option(level), fc.option(level), (set, before, after, was, is) => {
      const confirmed = { level: set, saw: { declared: was, computed: before } }
      assert.ok(effectivePriority({ declared: is, computed: after, confirmed, standing: set }).level <= set)
    }),
  )
})

test('through any course of events, nothing but a person lowers the level that stands', () => {
  const level = fc.constantFrom(...priorities)
  const gates = fc.subarray([meeting, selfHarm])
  const event = fc.record({
    declared: fc.option(level),
    computed: fc.tuple(level, gates).map(([at, open]) => computed(at, ...open)),
    set: fc.option(level, { freq: 3 }),
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), (events) => {
      let standing: Priority | null = null
      let confirmed: Confirmed | null = null
      for (const { set, ...facts } of events) {
        const now: Priority = effectivePriority({ ...facts, confirmed, standing }).level
        assert.ok(!isHigher(standing ?? 'P3', now))
        standing = set ?? now
        if (set !== null) confirmed = { level: set, saw: facts }
      }
    }),
  )
})

test('a calming supplement or the passing of time does not lower an unconfirmed level', () => {
  const facts = instant('materialMadeAt', '2026-03-01T00:00:00Z')
  const first = triage(facts, context)
  assert.equal(first.untilConfirmed, 'P2')
  const later = { receivedAt: context.receivedAt, now: '2026-06-01T00:00:00Z', standing: first.untilConfirmed }
  const second = triage(facts, later)
  assert.equal(second.computedPriority, 'P3')
  assert.equal(second.untilConfirmed, 'P2')
})

test('taking anything out of P1 needs two people, every other step one', () => {
  for (const from of priorities) {
    for (const to of priorities) {
      assert.equal(mayConfirm({ from, to }), from === 'P1' && to !== 'P1' ? 'two people' : 'one person')
    }
  }
})

const score = triage({}, context)
const due = (dueAt: string, clock: ActBy['clock'] = 'first decision', passed = false): ActBy => ({
  clock,
  dueAt,
  passed,
  says: '',
  rule: '',
})
const key = (changes: {
  p?: 'P1' | 'P2' | 'P3'
  clocks?: ActBy[]
  child?: number
  danger?: number
  at?: string
  id?: string
}) =>
  orderKey(
    {
      childUrgency: { ...score.childUrgency, hundredths: changes.child ?? 0 },
      offenderDanger: { ...score.offenderDanger, hundredths: changes.danger ?? 0 },
    },
    {
      effective: changes.p ?? 'P3',
      clocks: changes.clocks ?? [due('2026-03-11T00:00:00.000Z')],
      receivedAt: changes.at ?? '2026-03-10T00:00:00Z',
      id: changes.id ?? 'b',
    },
  )

test('order: effective priority, act-by, child urgency, offender danger, received-at, id', () => {
  const late = [due('2026-04-01T00:00:00.000Z')]
  const soon = [due('2026-03-01T00:00:00.000Z')]
  const inOrder = [
    key({ p: 'P1', clocks: late, child: -900 }),
    key({ p: 'P2', clocks: late, child: -900 }),
    key({ clocks: soon, child: -900 }),
    key({ child: 700, danger: -100 }),
    key({ child: 75, danger: 1000 }),
    key({ child: 75, danger: -25 }),
    key({ child: -25, danger: 900 }),
    key({ child: -25, danger: 0, at: '2026-03-09T23:30:00-01:00' }),
    key({ child: -25, danger: 0, at: '2026-03-10T02:00:00+01:00', id: 'a' }),
    key({ child: -25, danger: 0, at: '2026-03-10T01:00:00Z', id: 'b' }),
    key({ clocks: late, child: 900 }),
    key({ clocks: [], child: 900 }),
  ]
  assert.deepEqual([...inOrder].reverse().sort(), inOrder)
})

test('provider data that is about to expire moves a referral up, and no longer once it has expired', () => {
  const running = key({ clocks: [due('2026-03-11T00:00:00.000Z'), due('2026-03-10T00:00:00.000Z', 'provider data')] })
  const expired = key({
    clocks: [due('2026-03-11T00:00:00.000Z'), due('2026-03-10T00:00:00.000Z', 'provider data', true)],
  })
  assert.ok(running < expired)
  assert.equal(expired, key({}))
})

test('two referrals never share a rank', () => {
  const number = fc.integer({ min: -2000, max: 2000 })
  fc.assert(
    fc.property(number, number, number, number, (a, b, c, d) => {
      const one = key({ child: a, danger: b, id: 'a' })
      const two = key({ child: c, danger: d, id: 'b' })
      const expected = c - a || d - b || -1
      assert.equal(one < two, expected < 0)
    }),
  )
})

test('the score of a P1 sorts before a P3 with its own clocks', () => {
  const of = (facts: Parameters<typeof triage>[0], id: string) => {
    const one = triage(facts, context)
    return orderKey(one, { effective: one.untilConfirmed, clocks: one.actBy, receivedAt: context.receivedAt, id })
  }
  assert.ok(of(yes('threatToLife'), 'z') < of(yes('viralOrMeme'), 'a'))
})
