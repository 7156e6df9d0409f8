import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { zipOf } from '../../test/make-zip.ts'
import type { Reading } from '../read.ts'
import type { AnyRecord, Entry } from '../record.ts'
import { containerOf, readUnpacked, type Unpacked, unpack } from './index.ts'

const fixture = (path: string): Buffer => readFileSync(new URL(`../../../../fixtures/${path}`, import.meta.url))
const report = fixture('ncmec-cybertip-report/documentation-example-report.xml')
const chat = fixture('chats/test_single_export.json')

/** A PNG of one dot, made here: header, one deflated pixel, end; checksums are not looked at. */
const picture = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0', 'latin1'),
  Buffer.alloc(4),
  Buffer.from('\0\0\0\x0aIDAT', 'latin1'),
  deflateSync(Buffer.of(0, 255)),
  Buffer.alloc(4),
])

function unpacked(bytes: Uint8Array): Unpacked {
  const container = containerOf(bytes)
  assert.ok(container !== null, 'it is a container')
  const outcome = unpack(bytes, container, { maxBytes: 8 * 1024 * 1024 })
  assert.ok(!('refusal' in outcome), 'it is not refused')
  return outcome
}

function readAll(kept: Uint8Array): Reading & { readonly entries: readonly Entry<AnyRecord>[] } {
  const entries: Entry<AnyRecord>[] = []
  const reading = readUnpacked(kept)
  let step = reading.next()
  while (step.done !== true) {
    entries.push(step.value)
    step = reading.next()
  }
  return { ...step.value, entries }
}

function kindOf(entry: Entry<AnyRecord>): string {
  if (entry.outcome === 'set-aside') return entry.reason.code
  const { record } = entry
  return record.kind === 'list-entry' ? record.kind : `${record.kind} ${record.format}`
}

test('reports and chats in an archive are read by their own readers, pictures are listed by their digests', () => {
  const zip = zipOf([
    { name: 'march/tip.xml', bytes: report },
    { name: 'march/photo.txt', bytes: picture },
    { name: 'chat.json', bytes: chat },
    { name: 'inner.zip', bytes: zipOf([{ name: 'again.xml', bytes: report }]) },
  ])
  const { kept, stripped, container } = unpacked(zip)
  const { entries, account, format } = readAll(kept)
  assert.deepEqual([container, format], ['zip', 'zip'])
  assert.deepEqual(entries.map(kindOf), [
    'referral ncmec-ispws',
    'item zip',
    'item telegram-json',
    'item telegram-json',
    'referral ncmec-ispws',
    'item zip',
  ])
  assert.equal(account.records, entries.length)
  assert.equal(account.accepted + account.remarked + account.setAside, account.records)
  assert.match(entries[0]?.place ?? '', /^march\/tip\.xml > /)
  assert.match(entries[4]?.place ?? '', /^inner\.zip > again\.xml > /)
  assert.deepEqual(
    stripped.map(({ type, length }) => [type, length]),
    [['image/png', picture.length]],
  )
  const [first] = entries
  assert.ok(first?.outcome !== 'set-aside' && first?.record.kind === 'referral')
  assert.deepEqual(
    first.record.details?.slice(0, 5).map(({ kind }) => kind),
    ['archive member', 'archive member modified', 'archive member sha256', 'archive member sha1', 'archive member md5'],
  )
  assert.equal(first.record.details?.[2]?.value, createHash('sha256').update(report).digest('hex'))
})

test('no byte of a picture is in what is kept, whatever its name and however deep it lies', () => {
  const inText = Buffer.from(`<p><img src="data:image/png;base64,${picture.toString('base64')}"></p>`)
  const zip = zipOf([
    { name: 'a.zip', bytes: zipOf([{ name: 'b.xml', bytes: picture }]) },
    { name: 'page.html', bytes: inText },
    { name: `${picture.toString('base64')}.txt`, bytes: Buffer.from('words') },
  ])
  const { kept, stripped } = unpacked(zip)
  const text = Buffer.from(kept).toString('latin1')
  assert.ok(!text.includes('IHDR'))
  assert.ok(!text.includes(picture.toString('base64').slice(0, 24)), 'also encoded, also in a name')
  assert.ok(stripped.length >= 2)
})

test('what is no text is listed with the reason why it was not read', () => {
  const { kept } = unpacked(zipOf([{ name: 'a.pdf', bytes: Buffer.from('%PDF-1.7\n...') }]))
  const { entries } = readAll(kept)
  const [entry] = entries
  assert.ok(entry?.outcome === 'remarked')
  assert.equal(entry.remarks[0]?.code, 'member-not-read')
})

test('a text that no reader knows is set aside and its member listed: both are seen', () => {
  const { kept } = unpacked(zipOf([{ name: 'notes.txt', bytes: Buffer.from('only words') }]))
  assert.deepEqual(readAll(kept).entries.map(kindOf), ['format-unknown', 'item zip'])
})

test('captures of pages are taken apart too, alone or in an archive', () => {
  const warc = fixture('warc/example.warc.gz')
  assert.equal(containerOf(warc), 'warc')
  const alone = readAll(unpacked(warc).kept)
  const inZip = readAll(unpacked(zipOf([{ name: 'crawl.warc.gz', bytes: warc }])).kept)
  assert.equal(inZip.account.records, alone.account.records + 1)
  const wacz = readAll(unpacked(fixture('wacz/valid_example_1.wacz')).kept)
  assert.equal(wacz.format, 'wacz')
  assert.ok(wacz.account.accepted > 0)
})

test('an office document is no container whose parts mean something', () => {
  assert.equal(containerOf(zipOf([{ name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') }])), null)
})

test('more text than the lane accepts is refused as a whole, with the reason', () => {
  const zip = zipOf([{ name: 'big.txt', bytes: Buffer.alloc(200_000, 'a') }])
  const outcome = unpack(zip, 'zip', { maxBytes: 100_000 })
  assert.ok('refusal' in outcome)
  assert.equal(outcome.refusal.code, 'too-large')
})

test('a picture that is cut off anywhere behind its first four bytes is not kept', () => {
  const zip = zipOf([
    { name: 'tip.xml', bytes: report },
    { name: 'photo', bytes: picture },
  ])
  for (let length = 30; length <= zip.length; length++) {
    const outcome = unpack(zip.subarray(0, length), 'zip', { maxBytes: 8 * 1024 * 1024 })
    if ('refusal' in outcome) continue
    assert.ok(!Buffer.from(outcome.kept).toString('latin1').includes('\x89PNG'), `cut at ${length}`)
  }
})

test('any archive, cut or changed anywhere, gives an exact account and nothing of a picture', () => {
  const zip = zipOf([
    { name: 'tip.xml', bytes: report },
    { name: 'photo', bytes: picture },
    { name: 'chat.json', bytes: chat },
  ])
  fc.assert(
    fc.property(
      fc.integer({ min: 30, max: zip.length }),
      fc.array(fc.tuple(fc.nat(zip.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
      (length, changes) => {
        const damaged = Buffer.from(zip.subarray(0, length))
        for (const [at, value] of changes) if (at >= 30 && at < length) damaged[at] = value
        const outcome = unpack(damaged, 'zip', { maxBytes: 8 * 1024 * 1024 })
        if ('refusal' in outcome) return
        const { entries, account } = readAll(outcome.kept)
        assert.equal(account.records, entries.length)
        assert.ok(!Buffer.from(outcome.kept).toString('latin1').includes('\x89PNG'))
      },
    ),
    { numRuns: 150 },
  )
})
