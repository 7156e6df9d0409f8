import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { alone } from '../share/work.ts'
import { columnOfCells } from '../table/columns.ts'
import { fieldKinds } from '../table/field.ts'
import { textAt } from '../text/letters.ts'
import { candidatesOf } from './candidates.ts'
import { keyForms, keyOf, soundex } from './keys.ts'
import { fewRulesOf, type Rule, rulesOf } from './rules.ts'

const cell = fc.oneof(fc.constant(''), fc.string({ unit: fc.constantFrom(...'ab1 @é.'), maxLength: 9 }))

describe('blocking', () => {
  it('keys are what their names say', () => {
    const key = (kind: keyof typeof keyForms, name: string, text: string): string | undefined => {
      const form = keyForms[kind].find((each) => each.name === name)
      return form && keyOf(form, text)
    }
    assert.equal(key('name', 'first 3', 'anna'), 'ann')
    assert.equal(key('name', 'first 3', 'an'), '')
    assert.equal(key('phone', 'last 7', '447700900123'), '0900123')
    assert.equal(key('phone', 'last 7', '123'), '')
    assert.equal(key('full name', 'last word', 'anna maria smith'), 'smith')
    assert.equal(key('full name', 'last word', 'smith'), 'smith')
    assert.equal(key('date', 'day and month', '20010203'), '0203')
    assert.equal(key('date', 'day and month', '2001'), '')
    assert.equal(key('email', 'before the @', 'a.b@c.example'), 'a.b')
    assert.equal(key('email', 'before the @', 'nomail'), 'nomail')
    assert.equal(key('address', 'first word', '12 high street'), '12')
  })

  it('names that sound alike have one code, as the national archives give it', () => {
    const published = {
      robert: 'r163',
      rupert: 'r163',
      ashcraft: 'a261',
      tymczak: 't522',
      pfister: 'p236',
      lee: 'l000',
    }
    for (const [name, code] of Object.entries(published)) assert.equal(soundex(name), code, name)
    assert.equal(soundex('honeyman'), 'h555')
    assert.equal(soundex('12'), '')
  })

  it('pairs are those of records with equal keys, each once, and no block is too large', async () => {
    const kind = fc.constantFrom(...fieldKinds)
    const records = fc.array(fc.tuple(cell, cell), { minLength: 2, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(records, kind, kind, fc.integer({ min: 2, max: 12 }), async (rows, one, other, most) => {
        const columns = [
          columnOfCells(
            { name: 'one', kind: one },
            rows.map((row) => row[0]),
          ),
          columnOfCells(
            { name: 'other', kind: other },
            rows.map((row) => row[1]),
          ),
        ]
        const keysOf = ({ parts }: Rule): (string | null)[] =>
          rows.map((_, record) => {
            const keys = parts.map(({ column, form }) => {
              const { starts, values, letters } = columns[column] ?? assert.fail()
              const at = starts[record] ?? 0
              return at === starts[record + 1] ? '' : keyOf(form, textAt(letters, values[at] ?? 0))
            })
            return keys.includes('') ? null : keys.join('\0')
          })
        const rules = await rulesOf(columns, most, alone)
        const met = new Set<string>()
        for (const rule of rules) {
          const keys = keysOf(rule)
          let pairs = 0
          for (const [key, members] of Map.groupBy(keys.keys(), (record) => keys[record])) {
            if (key === null || key === undefined || members.length > most) continue
            members.forEach((record, place) => {
              assert.equal(rule.next[record], members[place + 1] ?? -1)
              for (const later of members.slice(place + 1)) met.add(`${record} ${later}`)
            })
            pairs += (members.length * (members.length - 1)) / 2
          }
          assert.equal(rule.pairs, pairs)
          assert.ok(pairs > 0)
        }
        const { count, ones, others } = await candidatesOf(rules, rows.length, alone)
        const given = Array.from({ length: count }, (_, at) => `${ones[at]} ${others[at]}`)
        assert.deepEqual([...given].sort(), [...met].sort())
        for (const rule of await fewRulesOf(columns, most, alone)) {
          const same = rules.find(({ name }) => name === rule.name)
          assert.deepEqual(rule.next, same?.next)
        }
      }),
      { numRuns: 300 },
    )
  })
})
