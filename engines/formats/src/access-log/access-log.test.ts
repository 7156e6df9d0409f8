import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { agrees, codes, outcomes, readWhole, survives } from '../../test/hardships.ts'
import { headOf } from '../head.ts'
import { accessLogReader } from './reader.ts'

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../../fixtures/access-log/${name}`, import.meta.url))
const excerpt = fixture('combined-excerpt.txt')
const impossible = fixture('tor-website.txt')
const whole = new URL('../../../../../shared/data/intake/access-log/apache-combined-2015.log', import.meta.url)
const line = (text: string) => readWhole(accessLogReader, Buffer.from(text))

test('of 10,000 real lines 9,999 are read and the one that is cut is set aside', {
  skip: existsSync(whole) ? false : 'the log of 2.4 MB is not beside the checkout',
}, () => {
  const reading = readWhole(accessLogReader, readFileSync(whole))
  assert.deepEqual(outcomes(reading), { accepted: 9996, remarked: 3, setAside: 1 })
  assert.equal(reading.entries[8898]?.outcome, 'set-aside')
  const clients = new Set(
    reading.entries.flatMap((entry) =>
      entry.outcome === 'set-aside' || entry.record.kind !== 'item'
        ? []
        : entry.record.people.flatMap(({ ipEvents }) => ipEvents.map(({ address }) => address)),
    ),
  )
  assert.equal(clients.size, 1753)
})

test('the cut line is set aside and lines with escapes say so', () => {
  const reading = readWhole(accessLogReader, excerpt)
  assert.deepEqual(outcomes(reading), { accepted: 19, remarked: 3, setAside: 1 })
  assert.deepEqual(codes(reading), ['line-cut', 'escaped', 'escaped', 'escaped'])
})

test('an impossible address is kept as text and never becomes a mention', () => {
  const reading = readWhole(accessLogReader, impossible)
  assert.deepEqual(outcomes(reading), { accepted: 0, remarked: 25, setAside: 0 })
  assert.deepEqual(new Set(codes(reading)), new Set(['ip-impossible']))
  for (const entry of reading.entries) {
    assert.ok(entry.outcome === 'remarked' && entry.record.kind === 'item')
    assert.deepEqual(entry.record.mentions, [])
    assert.ok(entry.record.details.some(({ kind, value }) => kind === 'client' && value === '123.456.789.0'))
  }
})

test('a line carries address, log-in, time with its zone, and every field as written', () => {
  const { entries } = line(
    '192.0.2.7 - test user [17/May/2015:10:05:03 +0200] "POST /a?b=c HTTP/1.1" 302 - "https://forum.example/x" "Test \\"agent\\"" "192.0.2.8, 2001:db8::1"\n',
  )
  const [entry] = entries
  assert.ok(entry?.outcome === 'remarked' && entry.record.kind === 'item')
  const { record } = entry
  assert.deepEqual(record.people[0]?.names, ['test user'])
  assert.deepEqual(record.people[0]?.ipEvents[0]?.time?.instant, '2015-05-17T08:05:03.000Z')
  assert.deepEqual(
    record.mentions.map(({ identifier }) => identifier.normal),
    ['192.0.2.7', 'https://forum.example/x', '192.0.2.8', '2001:db8::1'],
  )
  assert.equal(record.details.find(({ kind }) => kind === 'agent')?.value, 'Test \\"agent\\"')
  assert.equal(record.details.find(({ kind }) => kind === 'target')?.value, '/a?b=c')
})

test('a name in place of an address, an empty request and the common form are no faults of the line', () => {
  const common = line('host.example - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.0" 200 12\n')
  assert.deepEqual(outcomes(common), { accepted: 1, remarked: 0, setAside: 0 })
  const empty = line('192.0.2.7 - - [17/May/2015:10:05:03 +0000] "-" 408 0 "-" "-"')
  assert.deepEqual(outcomes(empty), { accepted: 1, remarked: 0, setAside: 0 })
  const binary = line('192.0.2.7 - - [17/May/2015:10:05:03 +0000] "\\x16\\x03\\x01" 400 0 "-" "-"')
  assert.deepEqual(codes(binary), ['request-not-http', 'escaped'])
  assert.deepEqual(codes(line('192.0.2.7 - - [31/Feb/2015:10:05:03 +0000] "-" 408 0 "-" "-"')), ['time-unreadable'])
  assert.deepEqual(codes(line('nothing of the kind')), ['line-cut'])
})

test('the content names the format; other text does not', () => {
  assert.equal(accessLogReader.detect(headOf(excerpt)), 'certain')
  assert.equal(accessLogReader.detect(headOf(Buffer.from('a,b\n1,2\n'))), 'no')
  assert.equal(accessLogReader.detect(headOf(Buffer.from('[17/05/2015, 10:05] Test: "hello"\n'))), 'no')
})

test('in pieces, resumed and damaged', async () => {
  await agrees(accessLogReader, excerpt)
  survives(accessLogReader, impossible)
})
