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
    same('Haupt Str. 4 a, 10115 Berlin', 'Hauptstraße 4a, 10115 Berlin')
    same('12 N Oak Avenue, Exampleton, IL 62704', '12 North Oak Ave., Exampleton, IL 62704-1234')
    same('12 Ocean Drive, Exampleton, FL 33101', '12 Ocean Dr, Exampleton FL 33101')
  })

  it('is one for the same flat in two usual ways, block and flat in whichever order', () => {
    same('Flat 3, 12 Orchard Street, EX1 2MP', '12 Orchard St, Apt. 3, Exampleton EX1 2MP')
    same('Calle Mayor 10, 3º izq, 28013 Madrid', 'Calle Mayor 10 3 izquierda, Madrid 28013')
    same('Via Roma 5 scala B interno 7, 00184 Roma', 'Via Roma 5, interno 7, scala B, 00184 Roma')
    same('Hauptstraße 12 Whg. 4, 10115 Berlin', 'Wohnung 4, Hauptstr. 12, 10115 Berlin')
    same('12 rue de la Paix, Bâtiment B, appt 4, 75002 Paris', '12 rue de la Paix, appt 4, bât. B, 75002 Paris')
    same('lgh 1102, Storgatan 5, 11122 Stockholm', 'Storgatan 5 lgh 1102, 11122 Stockholm')
    same('ул. Ленина, д. 5, кв. 12, 190000 Санкт-Петербург', 'ул. Ленина 5 кв 12, 190000 Санкт-Петербург')
    same('Block 4, Apt 3, 12 Tower Road, EX1 2MP', 'Apt 3, Block 4, 12 Tower Rd, Exampleton, EX1 2MP')
    same('500 Main Street #12, Exampleton, 12345', '500 Main St, Apt 12, Exampleton, 12345')
    same('12 Orchard Street, 2nd floor, EX1 2MP', 'Floor 2, 12 Orchard Street, EX1 2MP')
  })

  it('is another one for another flat, floor, side, block or entrance, in whatever language, and for another street', () => {
    for (const [one, other] of [
      ['Calle Mayor 10, 3º izq, 28013 Madrid', 'Calle Mayor 10, 4º dcha, 28013 Madrid'],
      ['Calle Mayor 10, 3º izq, 28013 Madrid', 'Calle Mayor 10, 3º dcha, 28013 Madrid'],
      ['Via Roma 5 scala B interno 7, 00184 Roma', 'Via Roma 5 scala A interno 2, 00184 Roma'],
      ['Via Roma 5 scala 2 interno 7, 00184 Roma', 'Via Roma 5 scala 7 interno 2, 00184 Roma'],
      ['Hauptstraße 12 Whg. 4, 10115 Berlin', 'Hauptstraße 12 Whg. 9, 10115 Berlin'],
      ['Hauptstraße 12, 2. OG links, 10115 Berlin', 'Hauptstraße 12, 2. OG rechts, 10115 Berlin'],
      ['12 rue de la Paix, Bâtiment B, appt 4, 75002 Paris', '12 rue de la Paix, Bâtiment C, appt 4, 75002 Paris'],
      ['Storgatan 5 lgh 1102, 11122 Stockholm', 'Storgatan 5 lgh 1203, 11122 Stockholm'],
      ['Storgatan 5 lgh 1102, 111 22 Stockholm', 'Storgatan 5 lgh 1203, 111 22 Stockholm'],
      ['lgh 1203, Storgatan 5, 11122 Stockholm', 'lgh 1203, Kungsgatan 5, 11122 Stockholm'],
      ['ul. Lenina 5, kv. 12, 190000 Sankt-Peterburg', 'ul. Lenina 5, kv. 14, 190000 Sankt-Peterburg'],
      ['ул. Ленина, д. 5, 190000 Санкт-Петербург', 'ул. Мира, д. 5, 190000 Санкт-Петербург'],
      ['Block 4, Apt 3, 12 Tower Road, EX1 2MP', 'Block 5, Apt 3, 12 Tower Road, EX1 2MP'],
      ['Wohnblock 4, Hauptstraße 12, 10115 Berlin', 'Wohnblock 4, Nebenstraße 12, 10115 Berlin'],
      ['Ground Floor Flat, 12 Orchard Street, EX1 2MP', 'Basement Flat, 12 Orchard Street, EX1 2MP'],
      ['12 Oak Street, Exampleton, IL 62704', '12 Oak Avenue, Exampleton, IL 62704'],
      ['12 North Oak Street, Exampleton, IL 62704', '12 South Oak Street, Exampleton, IL 62704'],
    ] as const) {
      assert.notEqual(homeName(one), null, one)
      assert.notEqual(homeName(one), homeName(other), `${one} | ${other}`)
    }
    // A number whose word nobody knows tells flats apart too, wherever it stands.
    const word = fc.stringMatching(/^[a-z]{3,8}$/)
    const number = fc.integer({ min: 1, max: 999 })
    fc.assert(
      fc.property(word, number, number, fc.boolean(), (label, one, two, before) => {
        const at = (flat: number): string =>
          before
            ? `${label} ${flat}, 12 Orchard Street, EX1 2MP`
            : `12 Orchard Street, ${label} ${flat}, Exampleton, EX1 2MP`
        assert.equal(
          homeName(at(one)) !== null && homeName(at(one)) === homeName(at(two)),
          one === two && homeName(at(one)) !== null,
        )
      }),
    )
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
      'P.O. Box 12, 14 Orchard Street, EX1 2MP',
      'PMB 123, 500 Main Street, Exampleton, 12345',
      '500 Main Street PMB 456, Exampleton, 12345',
      'Postfach 12, Hauptstraße 12, 10115 Berlin',
      'Apartado 12, Calle Mayor 10, 28013 Madrid',
      // The number is a flat's: no house is named, or no place.
      'Hauptstraße, Whg. 4, 10115 Berlin',
      'Calle Mayor 10, 3 izq',
      'n/a',
    ])
      assert.equal(homeName(written), null, written)
    fc.assert(
      fc.property(fc.string(), (text) => homeName(text) === null || (homeName(text) ?? '').split('|').length === 4),
    )
  })
})
