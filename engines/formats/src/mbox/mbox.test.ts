import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readWith, streamWith } from '../../test/damaged.ts'
import { headOf } from '../head.ts'
import type { AnyRecord, ItemRecord } from '../record.ts'
import { mboxReader } from './reader.ts'

const fixtures = join(import.meta.dirname, '../../../../fixtures/mail')
const sample = (name: string): Buffer => readFileSync(join(fixtures, name))
const isItem = (record: AnyRecord): record is ItemRecord => record.kind === 'item'

function read(content: string | Uint8Array) {
  const { entries } = readWith(mboxReader, typeof content === 'string' ? Buffer.from(content) : content)
  const records = entries.flatMap((entry) => (entry.outcome === 'set-aside' ? [] : [entry.record])).filter(isItem)
  const codes = entries.map((entry) =>
    entry.outcome === 'remarked'
      ? entry.remarks.map(({ code }) => code)
      : entry.outcome === 'set-aside'
        ? [entry.reason.code]
        : [],
  )
  return { entries, records, codes }
}

const bodies = (records: readonly ItemRecord[]): string[] =>
  records.map(({ narratives }) =>
    narratives
      .filter(({ place }) => !place.includes('header'))
      .map(({ text }) => text)
      .join('|'),
  )
const mail = (body: string, more = ''): string =>
  `From a@b.example Mon May  4 10:00:00 2026\nFrom: a@b.example\nDate: Mon, 4 May 2026 10:00:00 +0000\n${more}\n${body}\n\n`

describe('mail boxes', () => {
  it('with sentences that begin with From hold two mails, not three', () => {
    const { records, codes } = read(sample('unmunged.mbox.txt'))
    assert.equal(records.length, 2)
    assert.ok(codes.every((each) => each.includes('from-line-inside')))
    assert.ok(bodies(records)[1]?.includes('From Russia with love\nYear: 1963'))
  })

  const counts: readonly (readonly [name: string, mails: number])[] = [
    ['simple.mbox.txt', 3],
    ['issue1189.mbox.txt', 4],
    ['issue1189-summary.txt', 4],
    ['multipart-digest.txt', 1],
  ]
  for (const [name, mails] of counts) {
    it(`of ${name} hold ${mails} mails`, () => {
      assert.equal(mboxReader.detect(headOf(sample(name))), 'certain')
      assert.equal(read(sample(name)).entries.length, mails)
    })
  }

  it('show the words of a digest, each with its own sender', () => {
    const [record] = read(sample('multipart-digest.txt')).records
    const inner = record?.narratives.filter(({ text }) => / body/.test(text))
    assert.deepEqual(
      inner?.map(({ text, author }) => [
        text.trim(),
        record?.mentions.find(({ person }) => person === author)?.original,
      ]),
      [
        ['m1 body', 'm1@example.com'],
        ['m2 body', 'm2@example.com'],
      ],
    )
  })

  it('have escaped lines restored, and say how many', () => {
    const { records } = read(mail('>From here\n>>From there\n> From not'))
    assert.deepEqual(bodies(records), ['From here\n>From there\n> From not\n'])
    assert.equal(records[0]?.details.find(({ kind }) => kind === 'lines >From restored')?.value, '2')
  })

  it('are split at a pasted header only with a remark', () => {
    const { codes } = read(`${mail('x')}From the desk\nFrom: c@d.example\nDate: Mon, 4 May 2026 10:00:00 +0000\n\ny\n`)
    assert.deepEqual(codes, [[], ['from-line-unusual']])
  })

  it('are not split inside a stated length that ends where a mail begins, and say what it covers', () => {
    const inner = mail('inner')
    const covered = mail(inner, `Content-Length: ${inner.length}\n`)
    const { codes, records } = read(`${covered.slice(0, -2)}${mail('next')}`)
    assert.equal(records.length, 2)
    assert.deepEqual(codes[1], [])
    // A stated length that leads into the middle of a line is not believed.
    const wrong = mail(inner, `Content-Length: ${inner.length - 5}\n`)
    assert.equal(read(`${wrong}${mail('next')}`).records.length, 3)
  })

  it('with text before the first mail set that text aside', () => {
    assert.deepEqual(read(`some words\n\n${mail('x')}`).codes, [['before-first-message'], []])
    assert.deepEqual(read('some words').codes, [['before-first-message']])
    assert.deepEqual(read('').codes, [['no-messages']])
  })

  it('leave a mail over the limit out and read the next one', () => {
    const content = `${mail('a')}${mail('y\n'.repeat(3000))}${mail('b')}`
    const { entries } = readWith(mboxReader, Buffer.from(content), { maxBytes: 2000 })
    assert.deepEqual(
      entries.map((entry) => (entry.outcome === 'set-aside' ? entry.reason.code : entry.outcome)),
      ['accepted', 'message-too-large', 'accepted'],
    )
  })

  it('give the same in a stream of any chunk size, and go on after a skip', async () => {
    for (const name of ['unmunged.mbox.txt', 'simple.mbox.txt', 'issue1189.mbox.txt', 'multipart-digest.txt']) {
      const whole = readWith(mboxReader, sample(name))
      for (const chunk of [1, 10, 333, 100_000])
        assert.deepEqual(await streamWith(mboxReader, sample(name), chunk), whole, `${name} ${chunk}`)
      assert.deepEqual((await streamWith(mboxReader, sample(name), 50, 1)).entries, whole.entries.slice(1))
    }
  })

  it('hold as many mails as were written, whatever their lines are, when From lines are escaped', () => {
    const line = fc.constantFrom(
      '',
      'x',
      '>From a',
      'From: c',
      '--b',
      'Subject: y',
      ' From a@b.example',
      'Content-Length: 5',
    )
    fc.assert(
      fc.property(fc.array(fc.array(line, { maxLength: 8 }), { minLength: 1, maxLength: 6 }), (texts) => {
        assert.equal(read(texts.map((lines) => mail(lines.join('\n'))).join('')).entries.length, texts.length)
      }),
    )
  })
})
