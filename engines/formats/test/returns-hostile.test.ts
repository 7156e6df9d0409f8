import { describe, it } from 'node:test'
import { providerReturnReader } from '../src/provider-returns/index.ts'
import { assertBounded, assertSurvives } from './damaged.ts'

const isp = 'Reference;IP Address;Source Port;Start Time (UTC);End Time (UTC);Customer Number;Name;IMEI'
const row = 'R1;203.0.113.12;50000;2026-05-04 09:00:00;2026-05-04 09:59:59;0012345;Test Person;490154203237518'
const samples: readonly (readonly [name: string, text: string])[] = [
  ['a table', `"legend\nof two lines"\n======\n${isp}\n${`${row}\n`.repeat(12)}Total records: 12\n`],
  ['tabs without a header', '1777885200000\ttest_user\t203.0.113.7\t50000\t2026-05-04 09:00:00\tx\n'.repeat(12)],
  ['lines of keys', `[\n${'{\n"createdAt" : "2026-05-04T09:00:00.000Z",\n"loginIp" : "203.0.113.7"\n},\n'.repeat(12)}`],
]
const long = 'x'.repeat(1_000_000)
const bombs = (): [string, string][] => [
  ['one long line', long],
  ['a long cell', `${isp}\n${row};${long}\n`],
  ['an open quote', `${isp}\n"${`${row}\n`.repeat(20_000)}`],
  ['many columns', `${isp}\n${';'.repeat(500_000)}\n`],
  ['many delimiters', ';,|\t'.repeat(250_000)],
  ['many rows', `${isp}\n${`${row}\n`.repeat(20_000)}`],
  ['many headers', `${isp}\n`.repeat(20_000)],
  ['brackets in captions', `${isp}(${'('.repeat(500_000)}\n${row}\n`],
  ['keys without end', `"createdAt" : "x"\n"loginIp" : "${'\\'.repeat(500_000)}`],
  ['many blanks in keys', `"createdAt" : "x"\n"loginIp" : "x"\n${`a${' '.repeat(2900)}\n`.repeat(200)}`],
  ['digits', `${isp}\n${row.replace('490154203237518', '1'.repeat(200_000))}\n`],
]

describe('the reader of answers', () => {
  for (const [name, text] of samples) {
    it(`survives ${name} cut and damaged`, () =>
      assertSurvives(providerReturnReader, new TextEncoder().encode(text), name))
  }

  it('reads hostile texts of any shape in bounded time', () => assertBounded(providerReturnReader, bombs()))
})
