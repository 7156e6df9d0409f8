import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import PostalMime from 'postal-mime'
import { readWith } from '../../test/damaged.ts'
import { headOf } from '../head.ts'
import type { ItemRecord, Remark } from '../record.ts'
import { htmlText } from './html-text.ts'
import { readMailDate } from './mail-date.ts'
import { emlReader } from './reader.ts'

const fixtures = join(import.meta.dirname, '../../../../fixtures/mail')
const sample = (name: string): Buffer => readFileSync(join(fixtures, name))
const mails = readdirSync(fixtures).filter((name) => !/README|mbox|digest|summary/.test(name))

function read(content: string | Uint8Array): { record: ItemRecord; remarks: readonly Remark[]; codes: string[] } {
  const { entries } = readWith(emlReader, typeof content === 'string' ? Buffer.from(content, 'latin1') : content)
  const [entry, more] = entries
  assert.ok(entry !== undefined && more === undefined && entry.outcome !== 'set-aside' && entry.record.kind === 'item')
  const remarks = entry.outcome === 'remarked' ? entry.remarks : []
  return { record: entry.record, remarks, codes: remarks.map(({ code }) => code) }
}

const said = (record: ItemRecord): string[] => record.narratives.map(({ text }) => text.trim())
const parts = (record: ItemRecord): string[] =>
  record.details.filter(({ kind }) => kind === 'part').map(({ value }) => value)
const detail = (record: ItemRecord, kind: string): string | undefined =>
  record.details.find((each) => each.kind === kind)?.value

describe('mail', () => {
  for (const name of mails) {
    it(`${name} has the subject, sender and words that postal-mime finds`, async () => {
      const bytes = sample(name)
      const { record } = read(bytes)
      const other = await PostalMime.parse(bytes)
      const subject = record.narratives.find(({ place }) => place === 'mail, header Subject')?.text
      assert.equal(subject, other.subject)
      const from = record.mentions.find(({ place }) => place === 'mail, header From')?.original
      // With a byte order mark before its first field the library finds no sender.
      if (other.from !== undefined || name !== 'feedback-report.txt') assert.equal(from, other.from?.address)
      const words = said(record).join('\n').replace(/\s+/g, ' ')
      for (const line of (other.text ?? '').split('\n').map((each) => each.replace(/\s+/g, ' ').trim())) {
        // The library writes header blocks of inner mails into the text; ours are fields.
        if (line !== '' && !/^(?:From|To|Cc|Subject|Date|Reply-To|Sender|Bcc):|^[-─]+|^Forwarded/.test(line)) {
          assert.ok(words.includes(line), `${line} in ${words}`)
        }
      }
      assert.notEqual(emlReader.detect(headOf(bytes)), 'no')
    })
  }

  it('lists every part of nested multiparts, with the footer', () => {
    const { record } = read(sample('nested.eml'))
    assert.deepEqual(parts(record), [
      '0 multipart/mixed',
      '1 multipart/related',
      '1.1 multipart/alternative',
      '1.1.1 text/plain',
      '1.1.2 text/html',
      '2 multipart/alternative',
      '2.1 text/plain',
      '2.2 text/html',
    ])
    assert.equal(said(record).filter((text) => text === 'The footer').length, 2)
  })

  it('puts a part beside an inner multipart that was never closed, not inside it', () => {
    const { record, codes } = read(sample('empty-multipart.txt'))
    assert.deepEqual(parts(record), ['0 multipart/mixed', '1 multipart/alternative', '2 text/plain'])
    assert.ok(codes.includes('boundary-open'))
  })

  it('keeps what stands before and behind the parts', () => {
    assert.ok(said(read(sample('epilogue.txt')).record).some((text) => text.startsWith('Peter Urka')))
    assert.ok(
      said(read(sample('delivery-status.anonymized.eml')).record).some((text) => text.startsWith('xxxxxxxxxx xxxx')),
    )
  })

  it('takes a delivery report apart and reads the mail that came back', () => {
    const { record } = read(sample('delivery-status.eml'))
    assert.equal(detail(record, 'Status'), '5.1.1')
    assert.equal(detail(record, 'Action'), 'failed')
    const recipient = record.mentions.find(({ place }) => place === 'mail, part 2, field Final-Recipient')
    assert.equal(recipient?.identifier.normal, 'xxxx@xxxx.com')
    const inner = record.narratives.find(({ place }) => place === 'mail, part 3.m.1')
    assert.equal(inner?.text.trim(), 'Hi,\n\nMessage')
    assert.equal(inner?.at?.instant, '2021-02-16T00:57:06.000Z')
    assert.deepEqual(record.people[inner?.author ?? -1]?.names, ['xx xx'])
    assert.equal(record.flags['report'], 'yes')
  })

  it('takes the address out of an abuse report and out of the chain of the mail inside', () => {
    const { record } = read(sample('feedback-report.txt'))
    const places = record.mentions
      .filter(({ identifier }) => identifier.normal === '192.0.2.2')
      .map(({ place }) => place)
    assert.deepEqual(places, ['mail, part 3.m, header Received 1', 'mail, part 2, field Source-IP'])
  })

  it('keeps the chain of servers as it stands, newest first, each with its time', () => {
    const { record, codes } = read(sample('delivery-status.anonymized.eml'))
    assert.ok(detail(record, 'Received 4')?.startsWith('by xxx.xxxxxxx.xxx id'))
    assert.equal(detail(record, 'Received 4 at'), '1996-07-29T09:21:58.000Z')
    assert.ok(!codes.includes('received-order'))
  })

  it('says when the chain runs backwards or the date is far from it', () => {
    const hop = (time: string) => `Received: from a ([192.0.2.9]) by b; Mon, 4 May 2026 ${time} +0000\r\n`
    const { codes } = read(
      `${hop('10:00:00')}${hop('12:00:00')}From: a@b.example\r\nDate: Mon, 4 May 2020 12:00:00 +0000\r\n\r\nx`,
    )
    assert.deepEqual(codes, ['received-order', 'date-differs'])
  })

  it('keeps of an attachment its name, type, length and digest, and nothing else', () => {
    const bytes = Buffer.from('not a picture at all, only words of a test')
    const mail = [
      'From: a@b.example',
      'Date: Mon, 4 May 2026 10:00:00 +0000',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      "Content-Type: application/x-test; name*0*=utf-8''%C3%A9; name*1=.bin",
      'Content-Disposition: attachment; filename="=?utf-8?B?w6kuYmlu?="',
      'Content-Transfer-Encoding: base64',
      '',
      bytes.toString('base64'),
      '--b--',
    ].join('\r\n')
    const { record, codes, remarks } = read(mail)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    assert.deepEqual(
      record.files.map(({ name, contentType, hashes }) => [name, contentType, hashes.map(({ value }) => value)]),
      [['é.bin', 'application/x-test', [sha256]]],
    )
    assert.deepEqual(codes, ['body-dropped'])
    assert.ok(remarks[0]?.says.includes(`${bytes.length} bytes`))
    assert.ok(!JSON.stringify(record).includes(bytes.toString('base64').slice(0, 20)))
    assert.ok(!JSON.stringify(record).includes('not a picture'))
  })

  it('takes the digest from the mark where the guard took a picture out', () => {
    const digest = 'ab'.repeat(32)
    const mail = `From: a@b.example\nDate: Mon, 4 May 2026 10:00:00 +0000\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n[stripped media sha256=${digest} length=1234 type=image/png]\n`
    const { record } = read(mail)
    assert.deepEqual(
      record.files[0]?.hashes.map(({ value }) => value),
      [digest],
    )
    assert.equal(detail(record, 'bytes'), '1234')
  })

  it('goes on behind a broken line of the header', () => {
    const { record, codes } = read(sample('issue358.txt'))
    assert.ok(codes.includes('header-damaged'))
    assert.equal(detail(record, 'X-Mailer'), 'Microsoft Outlook Express 6.00.2900.5931')
    assert.ok(said(record).includes('Test headers'))
    const origin = record.people[record.author ?? -1]?.ipEvents[0]
    assert.deepEqual([origin?.address, origin?.event], ['5.157.97.187', 'x-originating-ip'])
  })

  it('reads subject and body in ISO-2022-JP', () => {
    const texts = said(read(sample('japanese.txt')).record)
    assert.equal(texts[0], '日本語メールテスト (testing Japanese emails)')
    assert.ok(texts[1]?.includes('正常に'))
  })

  it('remarks a sender that stands twice, and a weekday that is not that day', () => {
    const { codes } = read('From: a@b.example\nFrom: c@d.example\nDate: Sun, 9 Sep 2004 03:15:52 -0500\n\nx')
    assert.deepEqual(codes.toSorted(), ['header-twice', 'weekday-differs'])
  })

  it('shows where links lead, whatever they show', () => {
    const { record } = read(
      'From: a@b.example\nDate: Mon, 4 May 2026 10:00:00 +0000\nContent-Type: text/html\n\n<p>Click <a href="https://bad.example/x?a=1&amp;b=2">bank.example</a><script>hidden()</script></p>',
    )
    assert.deepEqual(
      record.mentions.map(({ identifier }) => identifier.normal),
      ['a@b.example', 'https://bad.example/x?a=1&b=2'],
    )
    assert.deepEqual(said(record), ['Click bank.example'])
  })

  it('sets what has no header aside', () => {
    const { entries } = readWith(emlReader, Buffer.from('no mail at all\n'))
    assert.deepEqual(
      entries.map((entry) => entry.outcome === 'set-aside' && entry.reason.code),
      ['no-header'],
    )
  })
})

describe('dates of mail', () => {
  const instants: readonly (readonly [written: string, instant: string | null])[] = [
    ['Sat, 2 Jan 2016 17:42:00 -0400', '2016-01-02T21:42:00.000Z'],
    ['Wed, 20 Sep 1995 00:19:00 (EDT) -0400', '1995-09-20T04:19:00.000Z'],
    ['Sun, 7 May 95 16:21:03 GMT', '1995-05-07T16:21:03.000Z'],
    ['Thu, 8 Mar 2005 17:40:36 EDT', '2005-03-08T21:40:36.000Z'],
    ['Fri, 23 Aug 2002 2:32:53 -0400', '2002-08-23T06:32:53.000Z'],
    ['Fri Feb 22 17:06:23 2008 +0100', '2008-02-22T16:06:23.000Z'],
    ['Fri Feb 22 17:06:23 2008', null],
    ['Mon, 4 May 2026 10:00:00 BST', null],
    ['Mon, 4 May 2026 10:00:00', null],
    ['31 Feb 2026 10:00:00 +0000', null],
    ['yesterday', null],
  ]
  for (const [written, instant] of instants) {
    it(`${written} is ${instant ?? 'no instant'}`, () => {
      const { claim } = readMailDate(written)
      assert.equal(claim.original, written)
      assert.equal(claim.instant, instant)
    })
  }

  it('without a zone keep their reading as a candidate', () => {
    assert.deepEqual(readMailDate('Mon, 4 May 2026 10:00:00 BST').claim.candidates, ['2026-05-04T10:00:00.000Z'])
    assert.deepEqual(readMailDate('31 Feb 2026 10:00:00 +0000').claim.candidates, [])
  })
})

describe('words of HTML', () => {
  it('lose no text to an open bracket', () => {
    assert.equal(htmlText('a < b and more').text, 'a < b and more')
    assert.equal(htmlText('a <!-- b').text, 'a <!-- b')
    assert.equal(htmlText('&#x41;&amp;&unknown;&#0;').text, 'A&&unknown;\ufffd')
  })
})
