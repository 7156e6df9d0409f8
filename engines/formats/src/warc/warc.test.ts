import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { agrees, codes, outcomes, readWhole, survives } from '../../test/hardships.ts'
import { headOf } from '../head.ts'
import type { ItemRecord } from '../record.ts'
import { warcReader } from './reader.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`../../../../fixtures/warc/${name}`, import.meta.url))

const truth: readonly (readonly [name: string, accepted: number, remarked: number, setAside: number, codes: string])[] =
  [
    ['example.warc', 6, 0, 0, ''],
    ['example.warc.gz', 6, 0, 0, ''],
    ['post-test.warc.gz', 6, 0, 0, ''],
    ['redirect.warc', 2, 0, 0, ''],
    ['example-iana.org-chunked.warc', 3, 0, 0, ''],
    ['example-bad-non-chunked.warc.gz', 5, 1, 0, 'block-digest-wrong one-gzip-member'],
    ['example-digest.warc', 0, 4, 0, 'payload-digest-unreadable block-digest-unreadable'],
    ['example-trunc.warc', 3, 1, 0, 'length-too-short encoding-broken payload-digest-wrong block-digest-wrong'],
    ['example-wget-bad-target-uri.warc.gz', 1, 5, 0, 'target-in-brackets'],
    ['example-wrong-chunks.warc.gz', 1, 1, 0, 'end-missing block-digest-wrong'],
    ['example-url-agnostic-revisit.warc.gz', 1, 1, 0, 'end-missing'],
    [
      'example-bad-length.warc',
      4,
      2,
      0,
      'length-too-short encoding-broken payload-digest-wrong block-digest-wrong end-missing',
    ],
  ]

for (const [name, accepted, remarked, setAside, expected] of truth) {
  test(`${name}: exact account, every digest checked, in pieces and damaged`, async () => {
    const bytes = fixture(name)
    const reading = readWhole(warcReader, bytes)
    assert.deepEqual(outcomes(reading), { accepted, remarked, setAside })
    const said = [...new Set([...codes(reading), ...(reading.end?.remarks ?? []).map(({ code }) => code)])]
    assert.equal(said.join(' '), expected)
    assert.equal(warcReader.detect(headOf(bytes)), 'certain')
    await agrees(warcReader, bytes, [1, 613, 70_000])
  })
}

const items = (bytes: Uint8Array): ItemRecord[] =>
  readWhole(warcReader, bytes).entries.flatMap((entry) =>
    entry.outcome === 'set-aside' || entry.record.kind !== 'item' ? [] : [entry.record],
  )

const http = (type: string, body: string | Uint8Array, more = ''): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n${more}\r\n`), Buffer.from(body)])
const record = (block: Uint8Array, length = block.length, more = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      `WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:${length}>\r\nWARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: http://forum.example/\r\nWARC-IP-Address: 192.0.2.1\r\n${more}Content-Type: application/http; msgtype=response\r\nContent-Length: ${length}\r\n\r\n`,
    ),
    block,
    Buffer.from('\r\n\r\n'),
  ])

test('a capture holds target, server, time, headers in order, the text and the digest of what it is', () => {
  const [item] = items(record(http('text/html', gzipSync('<p>hello'), 'Content-Encoding: gzip\r\n')))
  assert.ok(item !== undefined)
  assert.deepEqual(
    item.mentions.map(({ identifier }) => identifier.normal),
    ['http://forum.example/', '192.0.2.1'],
  )
  assert.equal(item.at?.instant, '2026-01-02T03:04:05.000Z')
  assert.deepEqual(
    item.narratives.map(({ text }) => text),
    ['<p>hello'],
  )
  assert.equal(item.files[0]?.hashes[0]?.value, createHash('sha256').update('<p>hello').digest('hex'))
  assert.deepEqual(
    item.details.filter(({ kind }) => kind.startsWith('http ')).map(({ kind }) => kind),
    ['http start', 'http content-type', 'http content-encoding'],
  )
})

test('a picture is never kept, whatever it is called, and its digest is of the picture itself', () => {
  const jpeg = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0, 16), Buffer.from('JFIF\0'), Buffer.alloc(200, 7)])
  const half = jpeg.length >> 1
  const chunked = Buffer.concat([
    Buffer.from(`${half.toString(16)}\r\n`),
    jpeg.subarray(0, half),
    Buffer.from(`\r\n${(jpeg.length - half).toString(16)}\r\n`),
    jpeg.subarray(half),
    Buffer.from('\r\n0\r\n\r\n'),
  ])
  const reading = readWhole(warcReader, record(http('text/html', chunked, 'Transfer-Encoding: chunked\r\n')))
  assert.deepEqual(codes(reading), ['body-dropped'])
  const [item] = items(record(http('text/html', chunked, 'Transfer-Encoding: chunked\r\n')))
  assert.deepEqual(item?.narratives, [])
  assert.equal(item?.files[0]?.hashes[1]?.value, createHash('sha1').update(jpeg).digest('hex'))
})

test('a length that swallows the next record sets that one record aside and loses no other', () => {
  const good = record(http('text/plain', 'good'))
  const long = record(http('text/plain', 'long'), 4000)
  const reading = readWhole(warcReader, Buffer.concat([good, long, good, good]))
  assert.deepEqual(outcomes(reading), { accepted: 3, remarked: 0, setAside: 1 })
  assert.deepEqual(codes(reading), ['length-too-long'])
  assert.deepEqual(codes(readWhole(warcReader, Buffer.concat([good, long]))), ['cut-off'])
  const short = record(http('text/plain', 'short of it'), 50)
  assert.deepEqual(codes(readWhole(warcReader, Buffer.concat([short, good]))), ['length-too-short'])
  const none = Buffer.from(good.toString('latin1').replace(/Content-Length: \d+/, 'Content-Length: many'), 'latin1')
  assert.deepEqual(codes(readWhole(warcReader, Buffer.concat([good, none, good]))), ['length-missing'])
})

test('a field that is said twice, and not the same, is told', () => {
  const good = record(http('text/plain', 'good')).toString('latin1')
  const length = /Content-Length: \d+\r\n/.exec(good)?.[0] ?? ''
  const read = (text: string): readonly string[] => codes(readWhole(warcReader, Buffer.from(text, 'latin1')))
  assert.deepEqual(read(good.replace(length, `${length}Content-Length: 2\r\n`)), ['field-twice'])
  assert.deepEqual(read(good.replace(length, `${length}${length}`)), [])
  const also = 'WARC-Concurrent-To: <urn:uuid:1>\r\nWARC-Concurrent-To: <urn:uuid:2>\r\n'
  assert.deepEqual(read(good.replace(length, `${also}${length}`)), [])
})

test('a web archive inside a record is no fault', () => {
  const inner = record(http('text/plain', 'inner'))
  const reading = readWhole(
    warcReader,
    Buffer.concat([record(http('application/warc', inner)), record(http('text/plain', 'x'))]),
  )
  assert.equal(reading.entries.length, 2)
  assert.equal(outcomes(reading).setAside, 0)
})

test('planted lengths that all lie stay linear', () => {
  const lie = record(http('text/plain', 'x'), 900_000_000)
  const started = performance.now()
  const reading = readWhole(warcReader, Buffer.concat(new Array<Buffer>(8000).fill(lie)))
  assert.equal(reading.entries.length, 8000)
  assert.ok(performance.now() - started < 8000)
})

test('hardships', () => {
  for (const name of ['example.warc', 'example.warc.gz', 'example-iana.org-chunked.warc'])
    survives(warcReader, fixture(name))
})
