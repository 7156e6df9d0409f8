import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { headOf } from '../head.ts'
import { defaultLimits } from '../reader.ts'
import type { Entry, ItemRecord } from '../record.ts'
import { readWhatsApp, type WhatsAppAnswers } from './read.ts'
import { whatsAppTextReader } from './reader.ts'

const fixtures = join(import.meta.dirname, '../../../../fixtures/chats')
const shared = join(import.meta.dirname, '../../../../../shared/data/intake/chat-whatsapp')
const skip = existsSync(shared) ? false : 'the sample is under a copyleft licence and stands beside the checkout only'

function read(content: string | Uint8Array, answers: WhatsAppAnswers = {}) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const entries: Entry<ItemRecord>[] = []
  const reading = readWhatsApp(bytes, defaultLimits, answers)
  let step = reading.next()
  while (step.done !== true) {
    entries.push(step.value)
    step = reading.next()
  }
  const records = entries.flatMap((entry) => (entry.outcome === 'set-aside' ? [] : [entry.record]))
  const codes = entries.map((entry) => (entry.outcome === 'remarked' ? entry.remarks.map(({ code }) => code) : []))
  return { entries, records, codes, end: step.value }
}

const textOf = (record: ItemRecord | undefined): string => record?.narratives.map(({ text }) => text).join('|') ?? ''
const nameOf = (record: ItemRecord | undefined): string | null =>
  record?.author == null ? null : (record.people[record.author]?.names[0] ?? null)
const candidates = (record: ItemRecord | undefined): readonly string[] => record?.at?.candidates ?? []

describe('WhatsApp exports', () => {
  const target: unknown = JSON.parse(readFileSync(join(fixtures, 'target.json'), 'utf8'))
  for (const name of readdirSync(fixtures).filter((each) => /hrs\.txt$/.test(each))) {
    it(`of the layout of ${name} hold the messages that are expected`, () => {
      const { records, entries } = read(readFileSync(join(fixtures, name)))
      assert.equal(entries.length, 9)
      // The expected list leaves out lines of the service and the message that is only a full stop.
      const spoken = records
        .filter((record) => record.author !== null && textOf(record) !== '.')
        .map((record) => ({
          timestamp: candidates(record)[0]?.slice(0, 19),
          author: nameOf(record),
          message: textOf(record).replace('\n', ' '),
        }))
      assert.deepEqual(spoken, Array.isArray(target) ? target.toReversed() : null)
      assert.ok(records.every((record) => record.at?.instant === null && candidates(record).length === 1))
    })

    it(`give "Name:." in ${name} to its author, with a remark`, () => {
      const { records, codes } = read(readFileSync(join(fixtures, name)))
      assert.equal(nameOf(records[1]), 'John Doe')
      assert.equal(textOf(records[1]), '.')
      assert.deepEqual(codes[1], ['colon-without-blank'])
      assert.deepEqual([nameOf(records[4]), records[4]?.flags['service']], [null, 'yes'])
    })
  }

  it('are recognised by their layout, and surely by words of the program', () => {
    const fit = (text: string) => whatsAppTextReader.detect(headOf(new TextEncoder().encode(text)))
    assert.equal(fit('1/1/21, 12:00 - A: Hi'), 'possible')
    assert.equal(fit('1/1/21, 12:00 - A: <Media omitted>'), 'certain')
    assert.equal(fit('[01/01/2021, 12:00:01] A: Hi'), 'possible')
    assert.equal(fit('[2019-12-24, 12:23] Jane Doe: Hello'), 'no')
    assert.equal(fit('A: 1/1/21, 12:00 - Hi'), 'no')
    assert.equal(fit('{"a":1}'), 'no')
  })

  it('keep both readings of a date that nothing in the file decides', () => {
    const { records, codes, end } = read('12/9/20, 23:55 - Bob: hello\n12/9/20, 23:56 - Eve: hi')
    assert.deepEqual(candidates(records[0]), ['2020-09-12T23:55:00.000Z', '2020-12-09T23:55:00.000Z'])
    assert.deepEqual(codes, [['day-order-undecided'], ['day-order-undecided']])
    assert.ok(end.remarks.some(({ code }) => code === 'day-order-undecided'))
  })

  it('take the order that a person found out, over what the file leaves open', () => {
    const { records, codes } = read('12/9/20, 23:55 - Bob: hello', { dayOrder: 'month-day-year' })
    assert.deepEqual(candidates(records[0]), ['2020-12-09T23:55:00.000Z'])
    assert.deepEqual(codes, [[]])
  })

  it('decide the order by one date that exists in one order only, anywhere in the file', () => {
    const late = read('12/9/20, 23:55 - Bob: a\n12/25/20, 23:56 - Bob: b')
    assert.deepEqual(candidates(late.records[0]), ['2020-12-09T23:55:00.000Z'])
    const dashes = read('[15-01-20 02:22:56] A: a\n[31-01-20 02:22:56] A: b\n[01-02-20 02:22:56] A: b')
    assert.deepEqual(candidates(dashes.records[0]), ['2020-01-15T02:22:56.000Z'])
  })

  it('decide the order by the sequence of the days when a wrong one jumps back', () => {
    const days = ['1/2/20', '2/2/20', '3/2/20', '1/3/20', '2/3/20', '1/4/20']
    const { records, end } = read(days.map((day) => `${day}, 10:00 - A: x`).join('\n'))
    assert.deepEqual(candidates(records[5]), ['2020-04-01T10:00:00.000Z'])
    assert.ok(end.remarks.some(({ says }) => says.includes('sequence')))
  })

  it('leave the order open when one step back is all there is: a message may have come late', () => {
    const { codes } = read('01/02/20, 10:00 - A: x\n02/01/20, 10:00 - A: y')
    assert.deepEqual(codes, [['day-order-undecided'], ['day-order-undecided']])
  })

  it('never name an instant: the format has no zone', () => {
    const order = fc.constantFrom('D/M/YYYY', 'M/D/YYYY', 'YYYY/M/D')
    const day = fc.record({
      y: fc.integer({ min: 2010, max: 2030 }),
      m: fc.integer({ min: 1, max: 12 }),
      d: fc.integer({ min: 1, max: 28 }),
    })
    fc.assert(
      fc.property(order, fc.array(day, { minLength: 1, maxLength: 20 }), (pattern, days) => {
        const written = days.map(({ y, m, d }) =>
          pattern.replace('YYYY', String(y)).replace('M', String(m)).replace('D', String(d)),
        )
        const { records, entries } = read(written.map((each) => `${each}, 10:00 - A: x`).join('\n'))
        assert.equal(entries.length, days.length)
        for (const [at, record] of records.entries()) {
          const { y, m, d } = days[at] ?? { y: 0, m: 0, d: 0 }
          assert.equal(record.at?.instant, null)
          // The true day is always among the readings, whatever was decided by proof.
          const truth = new Date(Date.UTC(y, m - 1, d, 10)).toISOString()
          const bySequence = days.length > 2
          assert.ok(candidates(record).includes(truth) || bySequence)
        }
      }),
    )
  })

  it('read halves of the day, other digits, other words before the time', () => {
    const first = (line: string) => candidates(read(`${line}\n31/12/2020, 10:00 - Z: y`).records[0])[0]
    assert.equal(candidates(read('[2020/1/2 下午3:05:00] A: x').records[0])[0], '2020-01-02T15:05:00.000Z')
    assert.equal(candidates(read('[20/01/2020, 3:05:00\u202fPM] A: x').records[0])[0], '2020-01-20T15:05:00.000Z')
    assert.equal(candidates(read('20.1.2020 klo 15.05 - A: x').records[0])[0], '2020-01-20T15:05:00.000Z')
    assert.equal(
      candidates(
        read('\u06f2\u06f0/\u06f0\u06f1/\u06f2\u06f0\u06f2\u06f0, \u06f1\u06f5:\u06f0\u06f5 - A: x').records[0],
      )[0],
      '2020-01-20T15:05:00.000Z',
    )
    assert.equal(first('20/01/2020, 12:05 am - A: x'), '2020-01-20T00:05:00.000Z')
  })

  it('keep lines under a message, and a pasted chat of another layout, inside it', () => {
    const { records, codes } = read(
      '1/13/21, 12:00 - A: look\n[13.01.2021, 11:00:00] B: pasted\nend\n1/13/21, 12:01 - B: ok',
    )
    assert.equal(textOf(records[0]), 'look\n[13.01.2021, 11:00:00] B: pasted\nend')
    assert.deepEqual(codes, [['header-inside'], []])
  })

  it('set lines before the first message aside', () => {
    const { entries } = read('something else\n\n1/13/21, 12:00 - A: x')
    assert.deepEqual(
      entries.map((entry) => (entry.outcome === 'set-aside' ? entry.reason.code : entry.outcome)),
      ['before-first-message', 'accepted'],
    )
  })

  it('tell names with a colon, quotations of the service and open names apart', () => {
    const { records, codes } = read(
      [
        '13/1/21, 12:00 - Dr: Who: hi',
        '13/1/21, 12:01 - Dr: Who: there: again',
        '13/1/21, 12:02 - Alice changed the subject to "Plan: B"',
        '13/1/21, 12:03 - Bob:',
        '13/1/21, 12:04 - Bob: x',
      ].join('\n'),
    )
    assert.deepEqual(records.map(nameOf), ['Dr: Who', 'Dr: Who', null, 'Bob', 'Bob'])
    assert.equal(textOf(records[1]), 'there: again')
    assert.deepEqual(codes, [['author-colon'], ['author-colon'], ['author-undecided'], [], []])
  })

  it('name attachments, what is missing, edits and deletions, and keep no file', () => {
    const { records } = read(
      [
        '[13/01/2021, 12:00:00] A: \u200e<attached: 00000012-PHOTO-2021.jpg>',
        '[13/01/2021, 12:00:01] A: IMG-1.jpg (file attached)',
        '\u200e[13/01/2021, 12:00:02] A: \u200eimage omitted',
        '[13/01/2021, 12:00:03] A: \u200eThis message was deleted.',
        '[13/01/2021, 12:00:04] A: hello \u200e<This message was edited>',
        '[13/01/2021, 12:00:05] A: is this end-to-end encrypted?',
        '[13/01/2021, 12:00:06] Test Group: \u200eMessages and calls are end-to-end encrypted.',
      ].join('\n'),
    )
    assert.deepEqual(
      records.map(({ files }) => files.map(({ name }) => name)),
      [['00000012-PHOTO-2021.jpg'], ['IMG-1.jpg'], [null], [], [], [], []],
    )
    assert.equal(records[3]?.flags['deleted'], 'yes')
    assert.equal(records[4]?.flags['edited'], 'yes')
    assert.deepEqual([nameOf(records[5]), nameOf(records[6])], ['A', null])
    assert.equal(records[6]?.details[0]?.value, 'Test Group')
  })

  it('take a telephone number in the place of a name for an identifier', () => {
    const { records } = read('[13/01/2021, 12:00:00] \u202a+44\u00a020\u00a07946\u00a00000\u202c: hi')
    assert.deepEqual(
      records[0]?.mentions.map(({ identifier }) => identifier.normal),
      ['+442079460000'],
    )
    assert.equal(nameOf(records[0]), '+44\u00a020\u00a07946\u00a00000')
  })

  it('of 14 lines with one ambiguous date keep both days in each', { skip }, () => {
    const { records, codes } = read(readFileSync(join(shared, '4A_11M.txt')))
    assert.equal(records.length, 14)
    assert.ok(records.every((record) => candidates(record).length === 2))
    assert.ok(codes.every((each) => each.includes('day-order-undecided')))
    assert.equal(records.filter(({ author }) => author !== null).length, 11)
  })

  it('of other collections are read whole', { skip }, () => {
    const counts = ['2A_5M.txt', 'pokemon.txt', 'lorem.txt'].map((name) => {
      const { entries, records } = read(readFileSync(join(shared, name)))
      return [entries.length, records.length, records.filter(({ author }) => author === null).length]
    })
    assert.deepEqual(counts, [
      [5, 5, 0],
      [20, 20, 2],
      [500, 500, 0],
    ])
  })

  it('whose lines end with CR alone are as many messages, while a CR inside a message ends none', () => {
    const lines = ['13/02/2026, 10:00 - Ann: hi', '13/02/2026, 10:01 - Ben: yo', '13/02/2026, 10:02 - Ann: end']
    const texts = (content: string): readonly string[] => read(content).records.map(textOf)
    assert.deepEqual(texts(`${lines.join('\r')}\r`), ['hi', 'yo', 'end'])
    assert.deepEqual(texts(`${lines[0]}\r${lines[1]}\n${lines[2]}\n`), [`hi\r${lines[1]}`, 'end'])
  })
})
