import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Tie } from '@tandem/linkage'
import fc from 'fast-check'
import { contactReasons } from '../src/linkage/ties/contact-reasons.ts'
import { heldReasons } from '../src/linkage/ties/held-reasons.ts'
import type { ContactRow, HeldValue } from '../src/linkage/ties/load.ts'
import { reasonsOf, type Side } from '../src/linkage/ties/reasons.ts'

const [us, them] = ['S-us', 'S-them']
const subjectOf = (record: string): string => (record.startsWith('u') ? us : them)

/** `record` is `u` or `t` and a number: of us or of them. */
function row(record: string, value: string, file: number | null, how = 'uploaded', reads = { any: 0 }): HeldValue {
  const of: HeldValue = {
    ...{ appearance_id: record, relation: file === null ? 'payment' : 'shared file', how, observable_id: value },
    ...{ kind: file === null ? 'iban' : 'hash', file, held_at: null, subject_id: subjectOf(record) },
    ...{ referral_id: `R ${record}`, person: 0, number: Number(record.slice(1)) + (record.startsWith('u') ? 0 : 1000) },
  }
  return new Proxy(of, {
    get(target, key, self): unknown {
      reads.any++
      return Reflect.get(target, key, self)
    },
  })
}

const holdersOf = (rows: readonly HeldValue[]): Map<string, HeldValue[]> =>
  Map.groupBy(rows, (each) => `${each.relation} ${each.observable_id} ${each.subject_id}`)

const side = (value: string, myHow: string, theirHow: string): Side => ({
  ...{ mine: 'u0', theirs: 't0', myHow, theirHow },
  line: { field: 'x', level: `${myHow} / ${theirHow}`, value, said: 1, counted: 1, suppressedBy: [] },
})

const rankOf = (written: string): number => ['sha256', 'sha1', 'md5'].indexOf(written.split('/')[0] ?? '')

/** Every pair of holders is looked at, and of two files with more digests in common the best is told. */
function plainly(sides: readonly Side[], rows: readonly HeldValue[], written: ReadonlyMap<string, string>): unknown {
  const pairs = sides.flatMap(({ line, myHow, theirHow }) =>
    rows
      .filter((each) => each.subject_id === us && each.observable_id === line.value && each.how === myHow)
      .flatMap((our) =>
        rows
          .filter((each) => each.subject_id === them && each.observable_id === line.value && each.how === theirHow)
          .map((other) => ({ value: our.observable_id, our, other, name: `${line.value} ${myHow} ${theirHow}` })),
      ),
  )
  const words = (value: string): number => rankOf(written.get(value) ?? '')
  const told = pairs.filter(
    ({ value, our, other }, at) =>
      our.file === null ||
      pairs.every(
        (more, place) =>
          more.our.appearance_id !== our.appearance_id ||
          more.other.appearance_id !== other.appearance_id ||
          more.our.file !== our.file ||
          more.other.file !== other.file ||
          words(more.value) > words(value) ||
          (words(more.value) === words(value) && place >= at),
      ),
  )
  const reasons = Map.groupBy(told, ({ name }) => name)
  return [...reasons.values()]
    .map((all) => ({
      value: all[0]?.value,
      referrals: [...new Set(all.flatMap(({ our, other }) => [our.number, other.number]))].sort((a, b) => a - b),
    }))
    .map((each) => JSON.stringify(each))
    .sort()
}

const digestWords = new Map([
  ...['a', 'b'].map((each): [string, string] => [`256${each}`, `sha256/${each}`]),
  ...['a', 'b'].map((each): [string, string] => [`1${each}`, `sha1/${each}`]),
  ...['a', 'b'].map((each): [string, string] => [`5${each}`, `md5/${each}`]),
])

test('one reason each value with everybody who holds it, and of a file the best digest: as if every pair was looked at', () => {
  const record = fc.constantFrom('u0', 'u1', 'u2', 't0', 't1', 't2')
  const holding = fc.record({
    ...{ record, value: fc.constantFrom(...digestWords.keys()), file: fc.nat({ max: 2 }) },
  })
  const paying = fc.record({
    ...{ record, value: fc.constantFrom('p', 'q'), how: fc.constantFrom('own', 'paid to', 'wrote') },
  })
  const distinct = (rows: readonly HeldValue[]): HeldValue[] => [
    ...new Map(
      rows.map((each) => [`${each.appearance_id} ${each.observable_id} ${each.how} ${each.file}`, each]),
    ).values(),
  ]
  const told = (sides: readonly Side[], rows: readonly HeldValue[], relation: string): unknown =>
    heldReasons(sides, relation, { holders: holdersOf(rows), subjectOf }, digestWords)
      .map(({ observable, referrals }) => ({ value: observable, referrals: referrals.map(({ number }) => number) }))
      .map((each) => JSON.stringify(each))
      .sort()
  fc.assert(
    fc.property(fc.array(holding, { maxLength: 40 }), (holdings) => {
      const rows = distinct(holdings.map(({ record: of, value, file }) => row(of, value, file)))
      const sides = [...digestWords.keys()].map((value) => side(value, 'uploaded', 'uploaded'))
      assert.deepEqual(told(sides, rows, 'shared file'), plainly(sides, rows, digestWords))
    }),
  )
  fc.assert(
    fc.property(fc.array(paying, { maxLength: 30 }), (payings) => {
      const rows = distinct(payings.map(({ record: of, value, how }) => row(of, value, null, how)))
      const ways = ['own', 'paid to', 'wrote']
      const sides = ['p', 'q'].flatMap((value) =>
        ways.flatMap((mine) => ways.map((theirs) => side(value, mine, theirs))),
      )
      assert.deepEqual(told(sides, rows, 'payment'), plainly(sides, rows, digestWords))
    }),
  )
})

test('four hundred reports on either side with five files of three digests are looked at a few times each, not in pairs', () => {
  const reads = { any: 0 }
  const values = ['sha256', 'sha1', 'md5'].flatMap((kind) => [0, 1, 2, 3, 4].map((file) => `${kind}/${file}`))
  const rows = ['u', 't'].flatMap((whose) =>
    Array.from({ length: 400 }, (_, at) =>
      values.map((value) => row(`${whose}${at}`, value, Number(value.at(-1)), 'uploaded', reads)),
    ).flat(),
  )
  const written = new Map(values.map((value) => [value, value]))
  const holders = holdersOf(rows)
  reads.any = 0
  const sides = values.map((value) => side(value, 'uploaded', 'uploaded'))
  const reasons = heldReasons(sides, 'shared file', { holders, subjectOf }, written)
  assert.deepEqual(
    reasons.map(({ observable, referrals }) => [observable, referrals.length]),
    [0, 1, 2, 3, 4].map((file) => [`sha256/${file}`, 800]),
  )
  assert.match(reasons[0]?.says('sha256/0') ?? '', /R-0 person 1, R-1 person 1, R-2 person 1 and 397 more, and R-1000 /)
  assert.ok(reads.any < 40 * rows.length, `${reads.any} reads of ${rows.length} rows`)
})

test('a tie finds its contacts without a walk over all of them', () => {
  const reads = { any: 0 }
  const contacts = Array.from({ length: 2_000 }, (_, at): ContactRow => {
    const of = { referral_id: `R${at}`, place: 0, how: 'message', one: `u${at}`, other: `t${at}`, parties: null }
    const people = { one_subject: us, one_person: 0, other_subject: them, other_person: 1, number: at }
    const all: ContactRow = { ...of, ...people, times: 1, first_at: null, last_at: null, other_values: null }
    return new Proxy(all, {
      get(target, key, self): unknown {
        reads.any++
        return Reflect.get(target, key, self)
      },
    })
  })
  const contactsBetween = Map.groupBy(contacts, ({ one, other, how }) => `${one} ${other} ${how}`)
  reads.any = 0
  const sides = contacts.map(
    (_, at): Side => ({
      ...side('', 'message, out', 'message, in'),
      ...{ mine: `u${at}`, theirs: `t${at}` },
    }),
  )
  const reasons = contactReasons(sides, { contactsBetween })
  assert.equal(reasons.length, contacts.length)
  assert.ok(reads.any < 40 * contacts.length, `${reads.any} reads of ${contacts.length} contacts`)
})

test('a tie is read from either end: whoever wrote stands first for both', () => {
  const contact: ContactRow = {
    ...{ referral_id: 'R', place: 0, how: 'message', one: 't0', other: 'u0', parties: null, times: 1, number: 7 },
    ...{ one_subject: them, one_person: 0, other_subject: us, other_person: 1, other_values: null },
    ...{ first_at: null, last_at: null },
  }
  // Of the two records `t0` sorts first.
  const { line } = side('', 'message, out', 'message, in')
  const tie: Tie = {
    ...{ relation: 'contact', subject: them, weight: 1000 },
    links: [{ one: 't0', other: 'u0', at: 1, lines: [line] }],
  }
  const loaded = { holders: new Map(), contactsBetween: new Map([['t0 u0 message', [contact]]]), subjectOf }
  const from = (record: string) => reasonsOf(tie, new Set([record]), loaded, new Map())[0]
  assert.deepEqual([from('u0')?.direction, from('t0')?.direction], ['in', 'out'])
  assert.equal(from('u0')?.says(''), 'R-7 person 1 wrote to R-7 person 2.')
  assert.equal(from('t0')?.says(''), from('u0')?.says(''))
})
