import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  contactHows,
  type HeldHow,
  heldHows,
  homeName,
  mostTied,
  sidesOf,
  type Tie,
  type TieContact,
  type TieHolding,
  type TieSettings,
  type ToldTies,
  tiesAmong,
} from '@tandem/linkage'
import fc from 'fast-check'

const records = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const values = ['v1', 'v2', 'v3']
const record = fc.constantFrom(...records)

const holding: fc.Arbitrary<TieHolding> = fc.constantFrom('household', 'shared file', 'payment').chain((relation) =>
  fc.record({
    record,
    relation: fc.constant(relation),
    value: fc.constantFrom(...values),
    how: fc.constantFrom<HeldHow>(...heldHows[relation]),
  }),
)
const contact: fc.Arbitrary<TieContact> = fc.record({
  one: record,
  other: record,
  how: fc.constantFrom(...contactHows),
  values: fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 }),
})
const told: fc.Arbitrary<ToldTies> = fc.record({
  holdings: fc.array(holding, { maxLength: 30 }),
  contacts: fc.array(contact, { maxLength: 12 }),
})
/** Whom each record tells of: some records are of one subject. */
const placed = fc
  .array(fc.constantFrom('S1', 'S2', 'S3', 'S4'), { minLength: records.length, maxLength: records.length })
  .map((subjects) => new Map(records.map((each, at) => [each, subjects[at] ?? 'S1'])))

const settingsOf = (subjects: ReadonlyMap<string, string>, aside: readonly string[] = []): TieSettings => ({
  at: 1,
  subjectOf: (each) => subjects.get(each) ?? null,
  aside: new Set(aside),
})
const membersOf = (subjects: ReadonlyMap<string, string>, id: string): string[] =>
  records.filter((each) => subjects.get(each) === id)

function all(of: ToldTies, subjects: ReadonlyMap<string, string>, aside: readonly string[] = []): Map<string, Tie[]> {
  const ties = tiesAmong(of, settingsOf(subjects, aside))
  return new Map(['S1', 'S2', 'S3', 'S4'].map((id) => [id, ties.of({ id, records: membersOf(subjects, id) })]))
}

describe('ties', () => {
  it('are the same in whatever order they are told, and told twice', () => {
    fc.assert(
      fc.property(told, placed, fc.infiniteStream(fc.nat()), (of, subjects, random) => {
        const mixed = <T>(list: readonly T[]): T[] =>
          [...list, ...list]
            .map((each) => ({ each, at: random.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ each }) => each)
        const again = { holdings: mixed(of.holdings), contacts: mixed(of.contacts) }
        assert.deepEqual(all(again, subjects), all(of, subjects))
      }),
    )
  })

  it('hold both ways, for the same reasons, and none leads from a subject to itself', () => {
    fc.assert(
      fc.property(told, placed, (of, subjects) => {
        const found = all(of, subjects)
        for (const [id, ties] of found) {
          for (const tie of ties) {
            assert.notEqual(tie.subject, id)
            const back = (found.get(tie.subject) ?? []).find(
              ({ relation, subject }) => relation === tie.relation && subject === id,
            )
            const plain = (each: Tie | undefined): unknown =>
              each?.links
                .map(({ one, other, lines }) => ({ one, other, lines }))
                .sort((x, y) => (`${x.one} ${x.other}` < `${y.one} ${y.other}` ? -1 : 1))
            assert.deepEqual(plain(back), plain(tie))
            for (const { one, other, lines } of tie.links) {
              assert.notEqual(subjects.get(one), subjects.get(other), 'never inside one subject')
              assert.ok(lines.length > 0, 'no tie without a reason')
              for (const { level } of lines) assert.equal(sidesOf(level).length, 2)
            }
          }
        }
      }),
    )
  })

  it('are as if a value had never been told once it is set aside, and only then', () => {
    fc.assert(
      fc.property(told, placed, fc.uniqueArray(fc.constantFrom(...values)), (of, subjects, aside) => {
        const gone = new Set(aside)
        const without: ToldTies = {
          holdings: of.holdings.filter(({ value }) => !gone.has(value)),
          contacts: of.contacts.flatMap((each) => {
            const left = each.values.filter((value) => !gone.has(value))
            return each.values.length > 0 && left.length === 0 ? [] : [{ ...each, values: left }]
          }),
        }
        const strip = (ties: ReadonlyMap<string, Tie[]>): unknown =>
          [...ties].map(([id, list]) => [
            id,
            list
              .map(({ relation, subject, links }) => [
                relation,
                subject,
                links.map(({ one, other, lines }) => [one, other, lines]),
              ])
              .map((each) => JSON.stringify(each))
              .sort(),
          ])
        assert.deepEqual(strip(all(of, subjects, aside)), strip(all(without, subjects)))
      }),
    )
  })

  it('are not made by what too many hold, and the number is told', () => {
    const many = Array.from({ length: mostTied.household + 1 }, (_, at) => `r${at}`)
    const holdings = many.map(
      (each): TieHolding => ({
        ...{ record: each, relation: 'household', value: 'home', how: 'postal address' },
      }),
    )
    const ask = (some: readonly TieHolding[], spread?: ReadonlyMap<string, number>) =>
      tiesAmong(
        { holdings: some, contacts: [] },
        { at: 1, subjectOf: (each) => each, aside: new Set(), ...(spread === undefined ? {} : { spread }) },
      )
    assert.equal(ask(holdings.slice(1)).of({ id: 'r1', records: ['r1'] }).length, mostTied.household - 1)
    const crowd = ask(holdings)
    assert.deepEqual(crowd.of({ id: 'r1', records: ['r1'] }), [])
    assert.deepEqual(crowd.tooMany, [
      { relation: 'household', value: 'home', subjects: many.length, most: mostTied.household },
    ])
    // More are known elsewhere than are told here.
    assert.deepEqual(ask(holdings.slice(0, 2), new Map([['household home', 700]])).tooMany[0]?.subjects, 700)
  })

  it('say who paid whom, and are silent of two who only wrote a value down or hold what the sender calls viral', () => {
    const pay = (one: HeldHow, other: HeldHow): string[] =>
      tiesAmong(
        {
          holdings: [
            { record: 'a', relation: 'payment', value: 'v', how: one },
            { record: 'b', relation: 'payment', value: 'v', how: other },
          ],
          contacts: [],
        },
        { at: 1, subjectOf: (each) => each, aside: new Set() },
      )
        .of({ id: 'b', records: ['b'] })
        .flatMap(({ links }) => links.flatMap(({ lines }) => lines.map(({ level }) => level)))
    assert.deepEqual(pay('paid to', 'own'), ['paid to / own'])
    assert.deepEqual(pay('own', 'wrote'), ['own / wrote'])
    assert.deepEqual(pay('wrote', 'wrote'), [])
    assert.deepEqual(pay('uploaded', 'viral'), [])
  })
})

describe('the name of a home', () => {
  const same = (one: string, other: string): void => {
    assert.notEqual(homeName(one), null, one)
    assert.equal(homeName(one), homeName(other), `${one} | ${other}`)
  }

  it('is one for the spellings of one address', () => {
    same('12 Orchard Street, Flat 3, Exampleton, EX1 2MP', 'Flat 3, 12 Orchard St., Exampleton EX1 2MP')
    same('12 ORCHARD ROAD, EX1 2MP', '12 Orchard Rd, Exampleton, ex12mp')
    same('4 Hauptstraße, 10115 Berlin', 'Hauptstr. 4, 10115 Berlin')
  })

  it('is another one for another house, flat or street', () => {
    const names = [
      '12 Orchard Street, EX1 2MP',
      '14 Orchard Street, EX1 2MP',
      '12 Orchard Street, Flat 3, EX1 2MP',
      '12 Orchid Street, EX1 2MP',
      '12 Orchard Street, EX1 2MQ',
    ].map(homeName)
    assert.equal(new Set(names).size, names.length)
  })

  it('is none where no single home is named', () => {
    for (const written of [
      '',
      'Exampleton',
      'EX1 2MP',
      'United Kingdom',
      'Orchard Street, Exampleton',
      'PO Box 12, Exampleton, EX1 2MP',
      'n/a',
    ])
      assert.equal(homeName(written), null, written)
    fc.assert(
      fc.property(fc.string(), (text) => homeName(text) === null || (homeName(text) ?? '').split('|').length === 4),
    )
  })
})
