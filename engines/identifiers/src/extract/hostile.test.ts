import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { extract } from '../index.ts'

const patterns = [
  '@',
  '9',
  'a.',
  '[',
  '(',
  '{',
  '[.]',
  '[at]',
  'a@',
  '1 ',
  '1.',
  '1-',
  '1.1.1.',
  ':',
  '::',
  'a:',
  '+1',
  '+',
  'http://',
  'http://a',
  '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
  '-',
  '%40',
  'a%40',
  ' dot ',
  'a at b dot ',
  '/',
  'u/',
  '#1234',
  'a#1234',
  '0x',
  'snap: ',
  'é@',
  'é',
  'GB82 ',
  '[[((',
  '))',
  'a.a@',
  '@a',
  '@a.',
  '://',
  'lat 1',
  'fingerprint ',
  '2026-',
  '1/1/',
  'tel 1 ',
  '4111 ',
  'aB3',
  'May 4, ',
  '00:',
  '00-',
  'A1B2',
  '°1',
  '51.123, ',
]

/** Least processor time of three goes over so many texts of this size, in microseconds. */
function cost(pattern: string, size: number, texts: number): number {
  const text = Buffer.from(pattern.repeat(Math.ceil(size / pattern.length)))
  let least = Number.POSITIVE_INFINITY
  for (let go = 0; go < 3; go += 1) {
    const before = process.cpuUsage()
    for (let count = 0; count < texts; count += 1)
      for (const found of extract([text])) assert.ok(found.end > found.start)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, user + system)
  }
  return least
}

describe('hostile text', () => {
  // The same number of bytes as many short texts and as one long text. A quadratic reader needs eight times as long for
  // the long one; the first pair lies within one stretch of the extractor, the second goes over several.
  for (const [short, long] of [
    [2_000, 16_000],
    [64_000, 512_000],
  ] as const) {
    it(`of ${long} bytes costs what eight of ${short} cost, whatever it repeats`, () => {
      for (const pattern of patterns) {
        const many = cost(pattern, short, 8)
        const one = cost(pattern, long, 1)
        assert.ok(one < 3 * many + 5_000, `${JSON.stringify(pattern)}: ${many} and ${one} microseconds`)
      }
    })
  }
})
