import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type Appearance,
  type AppearanceValue,
  caseworkSettings,
  edgesAmong,
  explainSubject,
  type LinkEvent,
  Subjects,
} from '../src/index.ts'

const value = (kind: AppearanceValue['kind'], text: string, at?: number, port?: number): AppearanceValue => ({
  ...{ kind, value: text, at: at ?? null, port: port ?? null },
})

const person = (id: string, values: readonly AppearanceValue[], more: Partial<Appearance> = {}): Appearance => ({
  ...{ id, referral: `referral of ${id}`, received: 1, values, names: [], births: [] },
  ...more,
})

function subjectsOf(appearances: readonly Appearance[], more: readonly LinkEvent[] = []): Subjects {
  const aside = new Set(more.flatMap((event) => (event.kind === 'value suppressed' ? [event.value] : [])))
  const added = appearances.map(
    ({ id, received }): LinkEvent => ({ kind: 'record added', id: `add ${id}`, at: received, record: id, received }),
  )
  const log = [...added, ...more, ...edgesAmong(appearances, { at: 1, aside })]
  return Subjects.open(log, { settings: caseworkSettings }).subjects
}

const groups = (subjects: Subjects): string[] => [...subjects.all()].map(({ records }) => records.join(' ')).sort()

const suppressed = (of: string): LinkEvent => ({
  ...{ kind: 'value suppressed', id: `aside ${of}`, at: 1, value: of, reason: 'shared by many' },
  ground: { by: 'person', who: 'Officer' },
})

describe('links of casework', () => {
  it('one account, mailbox or phone makes one person; one address of the internet, handle or file does not', () => {
    for (const kind of ['account', 'email', 'phone', 'imsi', 'device-id'] as const) {
      assert.deepEqual(groups(subjectsOf([person('a', [value(kind, 'x')]), person('b', [value(kind, 'x')])])), ['a b'])
    }
    for (const shared of [
      value('ip', 'x', 0),
      value('ip', 'x', 0, 4000),
      value('ip', 'x'),
      value('handle', 'x'),
      value('hash', 'x'),
    ]) {
      assert.deepEqual(groups(subjectsOf([person('a', [shared]), person('b', [shared])])), ['a', 'b'])
    }
  })

  it('names are compared as names: order, short forms and spellings speak for one person, what cannot be read is silent', () => {
    const said = (one: string, other: string): readonly [string, number] | null => {
      const shared = [value('handle', 'x')]
      const [edge] = edgesAmong([person('a', shared, { names: [one] }), person('b', shared, { names: [other] })], {
        at: 1,
      })
      const line = edge?.evidence.find(({ field }) => field === 'name')
      return line === undefined ? null : [line.level, line.millibits]
    }
    assert.deepEqual(said('Alan Marsh', 'alan  MARSH'), ['the same', 4000])
    assert.deepEqual(said('Alan Marsh', 'Marsh, Alan'), ['the same names, in another order or more of them', 2000])
    assert.deepEqual(said('Bob Marsh', 'Robert Marsh'), ['a known form of the given name', 2000])
    assert.deepEqual(said('Stephen Marsh', 'Stephan Marsh'), ['spelled alike', 2000])
    assert.deepEqual(said('A. Marsh', 'Alan Marsh'), ['an initial that fits', 0])
    assert.deepEqual(said('Marsh', 'Alan Marsh'), ['only one of the names is said, and it is the same', 0])
    assert.deepEqual(said('Alan Marsh', 'Peter Marsh'), ['the same family name, another given name', -1000])
    assert.deepEqual(said('Alan Marsh Sr', 'Alan Marsh Jr'), ['of another generation', -1000])
    assert.deepEqual(said('Alan Marsh', 'Peter Field'), ['different', -1000])
    assert.deepEqual(said('Юлия Щукина', 'Iuliia Shchukina'), ['the same', 4000])
    assert.equal(said('គឹម តារា', 'Kim Dara'), null)
  })

  it('two who share a home are not one person: a device and an address against two dates of birth', () => {
    const home = [value('device-id', 'tablet'), value('ip', 'home', 0)]
    const [father, son] = [
      person('a', [...home, value('account', 'one')], { births: ['1979-03-02'], names: ['Alan Marsh'] }),
      person('b', [...home, value('account', 'two')], { births: ['2009-05-07'], names: ['Peter Marsh'] }),
    ]
    assert.deepEqual(groups(subjectsOf([father, son])), ['a', 'b'])
  })

  it('whoever is told apart by one referral is not joined by a shared device', () => {
    const device = [value('device-id', 'phone'), value('phone', '+1')]
    const two = ['a', 'b'].map((id) => person(id, device, { referral: 'one' }))
    assert.deepEqual(groups(subjectsOf(two)), ['a', 'b'])
  })

  it('an address counts by its time: the same connection more than the same week, and nothing without a time', () => {
    const weigh = (one: AppearanceValue, other: AppearanceValue): number | undefined =>
      edgesAmong([person('a', [one]), person('b', [other])], { at: 1 })[0]?.evidence[0]?.millibits
    const day = 86_400_000
    assert.equal(weigh(value('ip', 'x', 0, 4000), value('ip', 'x', 20_000, 4000)), 2900)
    assert.equal(weigh(value('ip', 'x', 0, 4000), value('ip', 'x', 20_000, 4001)), 2500)
    assert.equal(weigh(value('ip', 'x', 0, 443), value('ip', 'x', 20_000, 443)), 2500)
    assert.ok((weigh(value('ip', 'x', 0), value('ip', 'x', 60 * day)) ?? 9) < 500)
    assert.equal(weigh(value('ip', 'x'), value('ip', 'x', day)), 0)
  })

  it('a value set aside joins nobody, and another one in common goes on holding', () => {
    const both = [value('email', 'shared'), value('phone', '+1')]
    const three = [person('a', both), person('b', both), person('c', [value('email', 'shared')])]
    assert.deepEqual(groups(subjectsOf(three)), ['a b c'])
    assert.deepEqual(groups(subjectsOf(three, [suppressed('email shared')])), ['a b', 'c'])
  })

  it('every fact that is said to hold a subject does, and no other: against the same without it', () => {
    const values = fc.subarray([value('email', 'x'), value('phone', 'y'), value('account', 'z'), value('ip', 'i', 0)], {
      minLength: 1,
    })
    fc.assert(
      fc.property(fc.array(values, { minLength: 2, maxLength: 6 }), (all) => {
        const appearances = all.map((each, at) => person(`p${at}`, each))
        const subjects = subjectsOf(appearances)
        for (const subject of subjects.all()) {
          const { flips } = explainSubject(subjects, subject)
          const held = new Set(flips.flatMap(({ fact }) => (fact.kind === 'value' ? [fact.value] : [])))
          const own = appearances.filter(({ id }) => subject.records.includes(id))
          for (const key of ['email x', 'phone y', 'account z', 'ip i']) {
            const without = own.map((each) => ({
              ...each,
              values: each.values.filter(({ kind, value: text }) => `${kind} ${text}` !== key),
            }))
            const falls = groups(subjectsOf(without)).length > 1
            assert.equal(falls, held.has(key), `${key} of ${subject.records.join()}`)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('any order of the appearances gives the same subjects', () => {
    const some = fc.array(
      fc.record({ kind: fc.constantFrom('email', 'phone', 'ip', 'account'), number: fc.nat(4), at: fc.nat(3) }),
      { minLength: 1, maxLength: 3 },
    )
    fc.assert(
      fc.property(fc.array(some, { maxLength: 15 }), fc.infiniteStream(fc.nat()), (all, chance) => {
        const appearances = all.map((values, at) =>
          person(
            `p${at}`,
            values.map(({ kind, number, at: day }) => value(kind, `${number}`, day * 86_400_000)),
          ),
        )
        const shuffled = appearances
          .map((each) => ({ each, by: chance.next().value ?? 0 }))
          .sort((a, b) => a.by - b.by)
          .map(({ each }) => each)
        assert.deepEqual(groups(subjectsOf(shuffled)), groups(subjectsOf(appearances)))
      }),
    )
  })
})
