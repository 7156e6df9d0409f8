import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { canonicalJson } from '@tandem/core'
import fc from 'fast-check'
import { type Decision, type LinkEvent, Subjects, usualSettings } from '../src/index.ts'
import { logOf, pairOf, plainSubjects } from './subjects-oracle.ts'

const stateOf = (subjects: Subjects): string => {
  const { relation, subjects: all, contradictions, suppressed } = subjects.snapshot()
  return canonicalJson({
    ...{ relation, suppressed },
    subjects: all.map(({ id, records }) => ({ id, records })),
    contradictions: contradictions.map(({ cannot, must }) => ({ cannot, must })),
  })
}

function read(log: readonly LinkEvent[], asOf = 0): Subjects {
  const subjects = new Subjects({ asOf })
  for (const event of log) subjects.apply(event)
  return subjects
}

function shuffled<T>(list: readonly T[], dice: (below: number) => number): T[] {
  const order = [...list]
  for (let place = order.length - 1; place > 0; place--) {
    const other = dice(place + 1)
    const [a, b] = [order[place], order[other]]
    if (a === undefined || b === undefined) continue
    order[place] = b
    order[other] = a
  }
  return order
}

function diceFrom(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

describe('subjects of a log', () => {
  it('are those of the plain reading, whatever is in the log, at any instant', () => {
    fc.assert(
      fc.property(logOf(7, 24), fc.nat(20), (log, asOf) => {
        assert.deepEqual(read(log, asOf).snapshot(), plainSubjects(log, asOf, usualSettings))
      }),
      { numRuns: 400 },
    )
  })

  it('are the same for 100 orders of arrival, and when the log is opened at once', () => {
    fc.assert(
      fc.property(logOf(9, 40), fc.nat(20), (log, asOf) => {
        const state = stateOf(read(log, asOf))
        const dice = diceFrom(log.length + asOf)
        for (let turn = 0; turn < 100; turn++) assert.equal(stateOf(read(shuffled(log, dice), asOf)), state)
        assert.equal(stateOf(Subjects.open(log, { asOf }).subjects), state)
      }),
      { numRuns: 25 },
    )
  })

  it('change with time alone as if they had been read at that time', () => {
    fc.assert(
      fc.property(logOf(7, 24), fc.nat(20), fc.nat(20), (log, from, to) => {
        const subjects = read(log, from)
        subjects.advance(to, 'the clock')
        assert.equal(stateOf(subjects), stateOf(read(log, to)))
      }),
    )
  })

  it('are byte for byte what they were once a decision or a suppression is taken back', () => {
    fc.assert(
      fc.property(logOf(7, 24), pairOf(7), fc.boolean(), (log, pair, isMust) => {
        const subjects = read(log)
        const before = stateOf(subjects)
        const decision: Decision = {
          ...{ kind: 'decision', id: 'mine', at: 21, relation: 'same person', ...pair, expires: null },
          ...{ verb: isMust ? 'must link' : 'cannot link', who: 'officer', why: 'seen together', evidence: ['ref 1'] },
        }
        subjects.apply(decision)
        subjects.apply({ kind: 'decision undone', id: 'not mine', at: 22, decision: 'mine', who: 'o', why: 'mistaken' })
        assert.equal(stateOf(subjects), before)
        subjects.apply({
          ...{ kind: 'value suppressed', id: 'vpn', at: 23, value: 'v1', reason: 'a VPN' },
          ground: { by: 'list', list: 'vpn', version: '1', source: 'test' },
        })
        subjects.apply({ kind: 'value unsuppressed', id: 'no vpn', at: 24, suppression: 'vpn', who: 'o', why: 'w' })
        assert.equal(stateOf(subjects), before)
      }),
    )
  })

  it('keep 1,000 random decisions that agree with each other, all of them', () => {
    const dice = diceFrom(7)
    const records = 600
    // A secret assignment makes the decisions agree; edges pull the other way at random.
    const group = Array.from({ length: records }, () => dice(150))
    const log: LinkEvent[] = group.map((_, number) => ({
      ...{ kind: 'record added', id: `a${number}`, at: 0, record: `r${number}`, received: number },
    }))
    for (let number = 0; number < 3000; number++) {
      const [one, other] = [dice(records), dice(records)]
      if (one === other) continue
      log.push({
        ...{
          kind: 'edge scored',
          id: `s${number}`,
          at: 1,
          one: `r${one}`,
          other: `r${other}`,
          relation: 'same person',
        },
        ...{ model: { name: 'test', revision: 1 }, prior: -8000 },
        evidence: [{ field: 'f', level: 'the same', millibits: dice(20_000) }],
      })
    }
    const decisions: Decision[] = []
    while (decisions.length < 1000) {
      const [one, other] = [dice(records), dice(records)]
      if (one === other || (group[one] !== group[other] && dice(3) > 0)) continue
      decisions.push({
        ...{ kind: 'decision', id: `d${decisions.length}`, at: 2, one: `r${one}`, other: `r${other}`, expires: null },
        ...{ relation: 'same person', who: 'officer', why: 'a reason', evidence: [] },
        verb: group[one] === group[other] ? 'must link' : 'cannot link',
      })
    }
    const { subjects } = Subjects.open([...log, ...decisions])
    assert.ok(decisions.filter(({ verb }) => verb === 'must link').length > 10)
    for (const { verb, one, other } of decisions) {
      assert.equal(subjects.subjectOf(one)?.id === subjects.subjectOf(other)?.id, verb === 'must link')
    }
    assert.deepEqual(subjects.contradictions(), [])
    const undone = decisions.map(
      ({ id }): LinkEvent => ({ kind: 'decision undone', id: `u${id}`, at: 3, decision: id, who: 'o', why: 'w' }),
    )
    const without = stateOf(Subjects.open(log).subjects)
    assert.notEqual(stateOf(subjects), without)
    assert.equal(stateOf(Subjects.open([...undone, ...decisions, ...log]).subjects), without)
    // And one by one, for some of them.
    const state = stateOf(subjects)
    for (const decision of decisions.slice(0, 10)) {
      subjects.apply({
        kind: 'decision undone',
        id: `u${decision.id}`,
        at: 3,
        decision: decision.id,
        who: 'o',
        why: 'w',
      })
      subjects.apply({ ...decision, id: `again ${decision.id}` })
      assert.equal(stateOf(subjects), state)
    }
  })

  it('never settle a contradiction in silence: every decision that does not hold stands in one', () => {
    fc.assert(
      fc.property(logOf(7, 30), (log) => {
        const subjects = read(log)
        const shown = new Set(subjects.contradictions().flatMap(({ cannot, must }) => [cannot, ...must]))
        for (const decision of subjects.facts.decisions()) {
          const [one, other] = [subjects.subjectOf(decision.one), subjects.subjectOf(decision.other)]
          const holds = (one?.id === other?.id) === (decision.verb === 'must link')
          assert.ok(holds || shown.has(decision))
          // On the safe side: what anybody keeps apart is apart.
          if (decision.verb === 'cannot link') assert.ok(holds)
        }
      }),
    )
  })
})

describe('what was shown', () => {
  it('can be found again: every version, and where its records are now', () => {
    fc.assert(
      fc.property(logOf(7, 24), (log) => {
        const subjects = new Subjects()
        const versions = log.flatMap((event) => subjects.apply(event))
        for (const { subject, version, records } of versions) {
          const citation = subjects.register.resolve(subject, version, (record) => subjects.subjectOf(record))
          assert.deepEqual(citation?.cited, records)
          assert.deepEqual(citation?.now.flatMap((each) => each.records).sort(), [...records].sort())
          for (const { subject: now, records: held } of citation?.now ?? [])
            for (const record of held) assert.equal(subjects.subjectOf(record)?.id, now)
        }
        for (const { id, records } of subjects.all()) assert.deepEqual(subjects.register.latest(id)?.records, records)
        // From the log with its versions the same register, and nothing new to tell.
        const again = Subjects.open([...log, ...versions])
        assert.deepEqual(again.versions, [])
        for (const { id } of subjects.all())
          assert.deepEqual(again.subjects.register.was(id), subjects.register.was(id))
      }),
    )
  })

  it('a merge leads on from the id that ended, and a split gives it back', () => {
    const added = (record: string, received: number): LinkEvent => ({
      ...{ kind: 'record added', id: `a ${record}`, at: received, record, received },
    })
    const subjects = read([added('anna', 1), added('ann', 2), added('berta', 3)])
    const joined = subjects.apply({
      ...{ kind: 'decision', id: 'd', at: 4, relation: 'same person', verb: 'must link', one: 'berta', other: 'ann' },
      ...{ who: 'officer', why: 'the same passport', evidence: ['passport'], expires: null },
    })
    assert.deepEqual(
      joined.map(({ subject, version, records, became }) => [subject, version, records, became]),
      [
        ['ann', 2, ['ann', 'berta'], []],
        ['berta', 2, [], ['ann']],
      ],
    )
    assert.deepEqual(subjects.register.was('ann'), ['berta'])
    const parted = subjects.apply({ kind: 'decision undone', id: 'u', at: 5, decision: 'd', who: 'o', why: 'w' })
    assert.deepEqual(
      parted.map(({ subject, version, records, became }) => [subject, version, records, became]),
      [
        ['ann', 3, ['ann'], ['berta']],
        ['berta', 3, ['berta'], []],
      ],
    )
  })
})

describe('a component that is too large', () => {
  it('is parted at weak edges, which is told, and no decision is broken by it', () => {
    const subjects = new Subjects({ settings: { mostInComponent: 4 } })
    for (let number = 0; number < 10; number++)
      subjects.apply({ kind: 'record added', id: `a${number}`, at: 0, record: `r${number}`, received: number })
    for (let number = 0; number < 9; number++) {
      subjects.apply({
        ...{ kind: 'edge scored', id: `s${number}`, at: 1, one: `r${number}`, other: `r${number + 1}` },
        ...{ relation: 'same person', model: { name: 't', revision: 1 }, prior: 0 },
        evidence: [{ field: 'f', level: 'the same', millibits: number % 5 === 4 ? 1000 : 30_000 }],
      })
    }
    subjects.apply({
      ...{ kind: 'decision', id: 'd', at: 2, relation: 'same person', verb: 'must link', one: 'r4', other: 'r5' },
      ...{ who: 'officer', why: 'a reason', evidence: [], expires: null },
    })
    assert.ok((subjects.componentOf('r0')?.partedAt ?? 0) > 0)
    assert.equal(subjects.subjectOf('r4'), subjects.subjectOf('r5'))
  })
})
