import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { estimate } from '../model/estimate.ts'
import { Scorer } from '../model/scorer.ts'
import { alone } from '../share/work.ts'
import { columnsOf } from '../table/columns.ts'
import { type FieldKind, fieldKinds } from '../table/field.ts'
import { normalForm } from '../table/normal.ts'
import { EditDistance } from '../text/edit-distance.ts'
import { JaroWinkler } from '../text/jaro-winkler.ts'
import { lettersOf } from '../text/letters.ts'
import { comparedOf } from './compared.ts'
import { levelsOf } from './levels.ts'

const slips = (a: string, b: string): number => new EditDistance(lettersOf([a, b])).swapped(0, 1, 9)
const alike = (a: string, b: string): number => new JaroWinkler(lettersOf([a, b])).similarity(0, 1)

/** On strings, as plainly as it can be said; two values that are not the same. */
const plain: Partial<Readonly<Record<FieldKind, (a: string, b: string) => string>>> = {
  date(a, b) {
    if (a.length === 8 && b.length === 8 && a.slice(0, 4) === b.slice(0, 4)) {
      if (a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)) return 'day and month swapped'
      if (slips(a, b) === 1) return 'one slip apart'
      return a.slice(4, 6) === b.slice(4, 6) ? 'the same month and year' : 'the same year'
    }
    if (Math.min(a.length, b.length) === 4 && a.slice(0, 4) === b.slice(0, 4)) return 'the same year'
    if (slips(a, b) === 1) return 'one slip apart'
    return Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4))) <= 10 ? 'within ten years' : 'different'
  },
  email(a, b) {
    const local = a.split('@')[0] ?? ''
    if (local.length >= 4 && local === b.split('@')[0]) return 'the same before the @'
    return alike(a, b) >= 0.92 ? 'much alike' : 'different'
  },
  phone(a, b) {
    const [short, long] = a.length < b.length ? [a, b] : [b, a]
    const national = short.replace(/^0/, '')
    const isPrefix = long.length - national.length <= 5 && long.length > short.length
    if (national.length >= 8 && isPrefix && long.endsWith(national)) return 'the same but for the prefix of the country'
    if (a.length >= 7 && b.length >= 7 && a.slice(-7) === b.slice(-7)) return 'the same last seven'
    return slips(a, b) === 1 ? 'one slip apart' : 'different'
  },
  postcode(a, b) {
    if (slips(a, b) === 1) return 'one slip apart'
    if (a.length > 4 && b.length > 4 && a.slice(0, -2) === b.slice(0, -2)) return 'the same but for the last part'
    if (slips(a, b) === 2) return 'two slips apart'
    return a.slice(0, 3) === b.slice(0, 3) ? 'the same beginning' : 'different'
  },
  name(a, b) {
    const shorter = Math.min(a.length, b.length)
    if (shorter >= 4) {
      if (slips(a, b) === 1) return 'one slip apart'
      if (alike(a, b) >= 0.84) return alike(a, b) >= 0.92 ? 'much alike' : 'alike'
    }
    return a.slice(0, shorter) === b.slice(0, shorter) ? 'an initial or a short form' : 'different'
  },
  place(a, b) {
    if (alike(a, b) >= 0.92) return 'much alike'
    const [own, theirs] = [a.split(' '), b.split(' ')]
    const shared = own.filter((word) => theirs.includes(word)).length
    const most = shared > 0 && shared * 2 >= Math.min(own.length, theirs.length)
    return alike(a, b) >= 0.84 || most ? 'shares most of its words or is alike' : 'different'
  },
}

const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: fc.string({ unit: fc.constantFrom(...'0129'), minLength: 3, maxLength: 8 }),
  phone: fc.string({ unit: fc.constantFrom(...'012'), minLength: 1, maxLength: 10 }),
  email: fc.string({ unit: fc.constantFrom(...'ab.', 'mail', '@x.example'), minLength: 1, maxLength: 6 }),
  postcode: fc.string({ unit: fc.constantFrom(...'ab01'), minLength: 1, maxLength: 7 }),
}
const words = fc.string({ unit: fc.constantFrom(...'abné '), minLength: 1, maxLength: 12 })

describe('levels', () => {
  for (const kind of fieldKinds) {
    const said = plain[kind]
    if (said === undefined) continue
    it(`of a ${kind} are what they say, on strings`, () => {
      const text = (texts[kind] ?? words).map((each) => normalForm(kind, each)).filter((each) => each !== '')
      fc.assert(
        fc.property(text, text, (one, other) => {
          fc.pre(one !== other)
          const levels = levelsOf(kind, lettersOf([one, other]))
          assert.equal(levels.names[levels.of(0, 1)], said(one, other), `${one} | ${other}`)
        }),
        { numRuns: 5000 },
      )
    })
  }
})

it('a weight that is asked for from a bar on is the weight, or below the bar', async () => {
  const value = fc.oneof(fc.constant(''), fc.string({ unit: fc.constantFrom(...'ab1 '), maxLength: 5 }))
  const record = fc.tuple(...fieldKinds.slice(0, 6).map(() => fc.array(value, { maxLength: 2 })))
  const drawn = fc.array(record, { minLength: 2, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(drawn, fc.integer({ min: -30, max: 30 }), async (rows, least) => {
      const fields = fieldKinds.slice(0, 6).map((kind) => ({ name: kind, kind }))
      const records = rows.map((values, at) => ({ id: String(at), values }))
      const table = comparedOf(columnsOf({ fields, records }))
      const none = { count: 0, ones: new Int32Array(), others: new Int32Array() }
      const scorer = new Scorer(table, await estimate(table, rows.length, [], none, alone))
      for (const one of rows.keys()) {
        for (const other of rows.keys()) {
          const [weight, from] = [scorer.weight(one, other), scorer.weightFrom(one, other, least)]
          if (weight >= least) assert.equal(from, weight)
          else assert.ok(from < least)
        }
      }
    }),
    { numRuns: 200 },
  )
})
