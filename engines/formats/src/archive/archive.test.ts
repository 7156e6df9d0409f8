import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { pack } from 'tar-stream'
import { agrees, codes, outcomes, readWhole, survives, type Whole } from '../../test/hardships.ts'
import { tarOf } from '../../test/make-tar.ts'
import { zipOf } from '../../test/make-zip.ts'
import { noise } from '../../test/planted.ts'
import { headOf } from '../head.ts'
import type { ItemRecord } from '../record.ts'
import { tarReader, tarReaderWith } from '../tar/reader.ts'
import { zipReader, zipReaderWith } from '../zip/reader.ts'
import { defaultArchiveLimits } from './limits.ts'
import type { OpenMember } from './parser.ts'

const text = (said: string): Uint8Array => new TextEncoder().encode(said)
const members = ({ entries }: Whole): ItemRecord[] =>
  entries.flatMap((entry) =>
    entry.outcome !== 'set-aside' && entry.record.kind === 'item' && entry.record.what === 'member'
      ? [entry.record]
      : [],
  )
const digest = (kind: string, bytes: Uint8Array): string => createHash(kind).update(bytes).digest('hex')
const listed = (reading: Whole) =>
  members(reading).map(({ files: [file] }) => [file?.name, ...(file?.hashes ?? []).map(({ value }) => value)])
const expected = (made: readonly { readonly name: string | Uint8Array; readonly bytes: Uint8Array }[]) =>
  made.map(({ name, bytes }) => [name, digest('sha256', bytes), digest('sha1', bytes), digest('md5', bytes)])

const made = fc.array(
  fc.record({
    name: fc.string({ unit: fc.constantFrom('a', 'b', '.', 'c'), minLength: 1, maxLength: 12 }),
    bytes: fc.uint8Array({ maxLength: 3000 }),
    stored: fc.boolean(),
    described: fc.boolean(),
  }),
  { maxLength: 6 },
)

describe('ZIP', () => {
  test('every member is listed with the digests of its bytes, however it is packed', () => {
    fc.assert(
      fc.property(made, (all) => {
        const reading = readWhole(zipReader, zipOf(all))
        assert.deepEqual(listed(reading), expected(all))
        assert.deepEqual(
          codes(reading).filter((code) => !code.startsWith('name-')),
          [],
        )
        assert.deepEqual(reading.end?.remarks, [])
      }),
      { numRuns: 100 },
    )
  })

  test('names are only names: zip slip, drives, code page 437 and two readings', () => {
    const names: (string | Uint8Array)[] = [
      '../../etc/passwd',
      'C:\\x',
      Buffer.of(0x84, 0x2e, 0x74),
      Buffer.from('ü.txt'),
    ]
    const reading = readWhole(zipReader, zipOf(names.map((name) => ({ name, bytes: text('x') }))))
    assert.deepEqual(codes(reading), ['name-escapes', 'name-escapes', 'name-backslash', 'name-two-readings'])
    assert.deepEqual(
      members(reading).map(({ reference }) => reference),
      ['../../etc/passwd', 'C:\\x', 'ä.t', '├╝.txt'],
    )
    const flagged = readWhole(zipReader, zipOf([{ name: 'ü.txt', bytes: text('x'), flags: 0x800 }]))
    assert.equal(members(flagged)[0]?.reference, 'ü.txt')
  })

  test('encrypted members and unknown methods are set aside, the others are read', () => {
    const reading = readWhole(
      zipReader,
      zipOf([
        { name: 'secret', bytes: text('x'), flags: 1 },
        { name: 'lzma', bytes: text('x'), method: 14 },
        { name: 'open', bytes: text('x') },
      ]),
    )
    assert.deepEqual(codes(reading), ['encrypted', 'method-unknown'])
    assert.equal(outcomes(reading).accepted, 1)
  })

  test('a damaged member of unknown size swallows none that follow, read whole or in pieces', async () => {
    const noisy = Buffer.from(noise(1500, 5).toString('hex'))
    const whole = zipOf([
      { name: 'first', bytes: noisy, described: true },
      { name: 'second', bytes: text('words'), described: true },
    ])
    for (let at = 40; at < 1500; at += 97) {
      const damaged = Buffer.from(whole).fill(0xff, at, at + 20)
      const names = members(readWhole(zipReader, damaged)).map(({ reference }) => reference)
      assert.deepEqual(names, ['first', 'second'], `damaged at ${at}`)
      await agrees(zipReader, damaged, [1, 64, 977])
    }
  })

  test('a wrong checksum, hidden members, missing members and a missing directory are said', () => {
    const whole = zipOf([
      { name: 'a.txt', bytes: text('hello'), stored: true },
      { name: 'b.txt', bytes: text('x') },
    ])
    const altered = Buffer.from(whole)
    altered[35] = 0x48
    assert.deepEqual(codes(readWhole(zipReader, altered)), ['checksum-wrong'])
    const hidden = readWhole(
      zipReader,
      zipOf([
        { name: 'a', bytes: text('x') },
        { name: 'b', bytes: text('x'), hidden: true },
      ]),
    )
    assert.deepEqual(
      hidden.end?.remarks.map(({ code }) => code),
      ['not-in-directory'],
    )
    const cut = readWhole(zipReader, whole.subarray(0, whole.indexOf('PK\x01\x02', 0, 'latin1')))
    assert.deepEqual(
      cut.end?.remarks.map(({ code }) => code),
      ['directory-missing'],
    )
    const second = whole.indexOf('PK\x03\x04', 4, 'latin1')
    const missing = Buffer.concat([whole.subarray(0, second), whole.subarray(whole.indexOf('PK\x01\x02', 0, 'latin1'))])
    assert.deepEqual(codes(readWhole(zipReader, missing)), ['member-missing'])
  })

  test('a bomb is stopped where its ratio shows, and the account goes on behind it', () => {
    const bomb = zipOf([
      { name: 'bomb', bytes: Buffer.alloc(3_000_000) },
      { name: 'after', bytes: text('x') },
    ])
    const tight = zipReaderWith({ limits: { ...defaultArchiveLimits, ratioFrom: 100_000 }, open: () => null })
    const reading = readWhole(tight, bomb)
    assert.deepEqual(codes(reading), ['ratio'])
    assert.deepEqual(
      members(reading).map(({ reference }) => reference),
      ['after'],
    )
    const small = zipReaderWith({ limits: { ...defaultArchiveLimits, maxUnpacked: 100_000 }, open: () => null })
    assert.deepEqual(codes(readWhole(small, bomb)), ['too-large-unpacked', 'too-large-unpacked'])
    const few = zipReaderWith({ limits: { ...defaultArchiveLimits, maxMembers: 1 }, open: () => null })
    const many = Array.from({ length: 5 }, (_, at) => ({ name: `m${at}`, bytes: text('x') }))
    assert.equal(readWhole(few, zipOf(many)).entries.length, 3)
  })
})

const collecting =
  (heads: string[]): OpenMember =>
  ({ path, head }) => {
    heads.push(`${path.join(' > ')}: ${Buffer.from(head).toString('latin1', 0, 5)}`)
    const place = 'line 1'
    return {
      push: () => [],
      end: () => [{ outcome: 'set-aside', place, reason: { code: 'seen', place, says: 'seen' } }],
    }
  }

describe('members', () => {
  test('texts are offered to whoever reads on, archives inside are opened, to a depth', async () => {
    const inner = zipOf([{ name: 'note.txt', bytes: text('hello there') }])
    const tar = await tarOf([
      { name: 'inner.zip', bytes: inner },
      { name: 'plain.txt', bytes: text('words') },
    ])
    const outer = zipOf([{ name: 'data.tar.gz', bytes: gzipSync(tar) }])
    const heads: string[] = []
    const reading = readWhole(zipReaderWith({ limits: defaultArchiveLimits, open: collecting(heads) }), outer)
    assert.deepEqual(heads, ['data.tar.gz > inner.zip > note.txt: hello', 'data.tar.gz > plain.txt: words'])
    assert.deepEqual(
      reading.entries.map(({ place }) => place.replace(/, byte \d+/g, '')),
      [
        'data.tar.gz > inner.zip > note.txt > line 1',
        'data.tar.gz > inner.zip > member 1',
        'data.tar.gz > member 1',
        'data.tar.gz > plain.txt > line 1',
        'data.tar.gz > member 2',
        'member 1',
      ],
    )
    let deep = zipOf([{ name: 'x', bytes: text('x') }])
    for (let at = 0; at < 8; at += 1) deep = zipOf([{ name: `d${at}.zip`, bytes: deep, stored: true }])
    assert.deepEqual(codes(readWhole(zipReader, deep)), ['nested-too-deep'])
  })
})

describe('TAR', () => {
  test('every member is listed with its digests, long names too, plain and gzipped', async () => {
    const all = [
      { name: 'a.txt', bytes: text('hello') },
      { name: `${'deep/'.repeat(40)}ü.txt`, bytes: new Uint8Array(2000).fill(7) },
      { name: 'empty', bytes: new Uint8Array(0) },
    ]
    const tar = await tarOf(all)
    for (const bytes of [tar, gzipSync(tar)]) {
      const reading = readWhole(tarReader, bytes)
      assert.deepEqual(listed(reading), expected(all))
      assert.deepEqual(reading.end?.remarks, [])
      assert.equal(members(reading)[0]?.at?.instant, '2023-11-14T22:13:20.000Z')
      assert.equal(tarReader.detect(headOf(bytes)), 'certain')
      assert.equal(zipReader.detect(headOf(bytes)), 'no')
    }
  })

  test('a cut archive keeps what it has and says what is missing; damage costs one member', async () => {
    const tar = await tarOf(['a', 'b', 'c'].map((name) => ({ name, bytes: new Uint8Array(700).fill(65) })))
    const cut = readWhole(tarReader, tar.subarray(0, 2500))
    assert.deepEqual(codes(cut), ['cut-off'])
    const damaged = Buffer.from(tar)
    damaged.fill(0xee, 1536, 1600)
    const reading = readWhole(tarReader, damaged)
    assert.deepEqual(codes(reading), ['no-member'])
    assert.deepEqual(
      members(reading).map(({ reference }) => reference),
      ['a', 'c'],
    )
  })

  test('names point nowhere and links are only named', async () => {
    const packing = pack()
    packing.entry({ name: '../up' }, 'x')
    packing.entry({ name: 'link', type: 'symlink', linkname: '/etc/passwd' })
    packing.finalize()
    const chunks: Uint8Array[] = []
    for await (const chunk of packing) if (chunk instanceof Uint8Array) chunks.push(chunk)
    const reading = readWhole(tarReader, Buffer.concat(chunks))
    assert.deepEqual(codes(reading), ['name-escapes'])
    assert.deepEqual(members(reading)[1]?.files, [])
    assert.ok(members(reading)[1]?.details.some(({ kind, value }) => kind === 'link to' && value === '/etc/passwd'))
  })
})

test('in pieces, resumed and damaged', async () => {
  const bytes = Array.from({ length: 30 }, (_, at) => ({
    name: `n${at}.txt`,
    bytes: text('words '.repeat(at * 7)),
    described: at % 2 === 0,
    stored: at % 3 === 0,
  }))
  const zip = zipOf(bytes)
  const tar = await tarOf(bytes)
  const open = collecting([])
  for (const reader of [zipReader, zipReaderWith({ limits: defaultArchiveLimits, open })]) {
    await agrees(reader, zip)
    survives(reader, zip)
  }
  for (const each of [tar, gzipSync(tar)]) {
    await agrees(tarReaderWith({ limits: defaultArchiveLimits, open }), each)
    survives(tarReader, each)
  }
})
