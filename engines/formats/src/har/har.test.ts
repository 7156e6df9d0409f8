import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { codes, outcomes, readWhole, survives } from '../../test/hardships.ts'
import { headOf } from '../head.ts'
import type { ItemRecord } from '../record.ts'
import { harReader } from './reader.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`../../../../fixtures/har/${name}`, import.meta.url))
const har = (content: object): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      log: {
        version: '1.2',
        creator: {},
        pages: [{ id: 'p', title: 'Test page' }],
        entries: [
          {
            pageref: 'p',
            startedDateTime: '2026-01-02T03:04:05.6+01:00',
            serverIPAddress: '192.0.2.1',
            request: {
              method: 'GET',
              url: 'https://forum.example/x',
              headers: [
                { name: 'A', value: '1' },
                { name: 'A', value: '2' },
              ],
            },
            response: { status: 200, headers: [], content },
          },
        ],
      },
    }),
  )
const items = (bytes: Uint8Array): ItemRecord[] =>
  readWhole(harReader, bytes).entries.flatMap((entry) =>
    entry.outcome === 'set-aside' || entry.record.kind !== 'item' ? [] : [entry.record],
  )

test('the valid sample is read with its one entry, the invalid one is set aside', () => {
  const valid = readWhole(harReader, fixture('valid.json'))
  assert.equal(valid.entries.length, 1)
  assert.equal(outcomes(valid).setAside, 0)
  assert.equal(harReader.detect(headOf(fixture('valid.json'))), 'certain')
  assert.deepEqual(codes(readWhole(harReader, fixture('invalid.json'))), ['not-har'])
  assert.equal(harReader.detect(headOf(fixture('invalid.json'))), 'no')
})

test('address, server, time, page, repeated headers in order, and the text with its digest', () => {
  const [item] = items(har({ mimeType: 'text/html', text: '<p>hello' }))
  assert.ok(item !== undefined)
  assert.deepEqual(
    item.mentions.map(({ identifier }) => identifier.normal),
    ['https://forum.example/x', '192.0.2.1'],
  )
  assert.equal(item.at?.instant, '2026-01-02T02:04:05.600Z')
  assert.equal(item.whole.name, 'Test page')
  assert.deepEqual(
    item.details.filter(({ kind }) => kind === 'request header a').map(({ value }) => value),
    ['1', '2'],
  )
  assert.deepEqual(
    item.narratives.map(({ text }) => text),
    ['<p>hello'],
  )
  assert.equal(item.files[0]?.hashes[0]?.value, createHash('sha256').update('<p>hello').digest('hex'))
})

test('an encoded body that is no text is dropped with its digest, and so is a picture that is called text', () => {
  const picture = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(60, 1)])
  for (const mimeType of ['image/gif', 'text/html']) {
    const bytes = har({ mimeType, encoding: 'base64', text: picture.toString('base64') })
    assert.deepEqual(codes(readWhole(harReader, bytes)), ['body-dropped'])
    assert.deepEqual(items(bytes)[0]?.narratives, [])
    assert.equal(items(bytes)[0]?.files[0]?.hashes[0]?.value, createHash('sha256').update(picture).digest('hex'))
  }
  assert.deepEqual(
    items(
      har({ mimeType: 'text/plain', encoding: 'base64', text: Buffer.from('words').toString('base64') }),
    )[0]?.narratives.map(({ text }) => text),
    ['words'],
  )
})

test('hardships', () => survives(harReader, fixture('valid.json')))
