import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { emlReader } from '../src/eml/reader.ts'
import { mboxReader } from '../src/mbox/reader.ts'
import { assertBounded, assertSurvives } from './damaged.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/mail')
const long = 'x'.repeat(1_000_000)
const mail = 'From: a@service.example\nDate: Mon, 4 May 2026 10:00:00 +0000\n'
const nested = (type: string, levels: number): string =>
  Array.from({ length: levels }, (_, at) => `Content-Type: ${type}; boundary=b${at}\n\n--b${at}\n`).join('')

const bombs = (): [string, string][] => [
  ['one long line', long],
  ['a long header', `${mail}Subject: ${long}\n\nx`],
  ['many encoded words', `${mail}Subject: ${'=?utf-8?B?YQ==?= '.repeat(60_000)}\n\nx`],
  ['many addresses', `To: ${'a@b.example, '.repeat(60_000)}\n${mail}\nx`],
  ['many open brackets in addresses', `To: ${'<'.repeat(500_000)}\n${mail}\nx`],
  ['many open comments', `To: ${'('.repeat(500_000)}\n${mail}Received: ${'('.repeat(500_000)}\n\nx`],
  ['many quotes', `To: ${'"'.repeat(500_001)}\n${mail}\nx`],
  ['many fields', `${mail}${'X-A: b\n'.repeat(60_000)}\nx`],
  ['many received', `${mail}${'Received: from [192.0.2.1] by b; Mon, 4 May 2026 10:00:00 +0000\n'.repeat(9_000)}\nx`],
  ['many parameters', `${mail}Content-Type: a/b${';a=b'.repeat(200_000)}\n\nx`],
  ['a parameter of blanks', `${mail}Content-Type: a/b;${' '.repeat(500_000)}\n\nx`],
  ['many folds', `${mail}Subject: a${'\n b'.repeat(100_000)}\n\nx`],
  ['deep multiparts', `${mail}${nested('multipart/mixed', 5_000)}`],
  ['deep messages', `${mail}${'Content-Type: message/rfc822\n\n'.repeat(20_000)}`],
  ['many parts', `${mail}Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(60_000)}`],
  ['many almost boundaries', `${mail}Content-Type: multipart/mixed; boundary=b\n\n${'--bx\n'.repeat(200_000)}`],
  [
    'blanks in quoted-printable',
    `${mail}Content-Transfer-Encoding: quoted-printable\n\n${' '.repeat(1_000_000)}=${' '.repeat(500_000)}x`,
  ],
  ['open tags', `${mail}Content-Type: text/html\n\n${'<a href="'.repeat(100_000)}`],
  ['open comments of HTML', `${mail}Content-Type: text/html\n\n${'<!--'.repeat(60_000)}`],
  ['many scripts', `${mail}Content-Type: text/html\n\n${'<script></script>'.repeat(14_000)}`],
  ['many From lines', `From a@b.example\n${mail}\n${'\nFrom here\n'.repeat(40_000)}`],
  ['many mails', `From a@b.example Fri Feb 22 17:06:23 2008\n${mail}\nx\n\n`.repeat(8_000)],
  ['many stated lengths', `From a@b.example\n${mail}Content-Length: 4000000\n\nx\n\n`.repeat(4_000)],
  ['only From lines', 'From a@b.example\n'.repeat(30_000)],
  ['a broken header', `${mail}${'broken line\n'.repeat(60_000)}X-Last: 1\n\nx`],
]

describe('mail readers', () => {
  for (const name of readdirSync(fixtures).filter((each) => each !== 'README.md')) {
    it(`survive ${name} cut and damaged`, () => {
      const sample = readFileSync(join(fixtures, name))
      assertSurvives(/mbox|digest|summary/.test(name) ? mboxReader : emlReader, sample, name)
    })
  }

  it('read hostile texts of any shape in bounded time', () => {
    assertBounded(emlReader, bombs())
    assertBounded(mboxReader, bombs())
  })
})
