import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { hashPicture, type PictureOptions } from '../../src/pdq/index.ts'
import { decoderRefusal } from '../../src/pdq/refusal.ts'
import { fixtures, synthetic } from './vectors.ts'

const jpeg = readFileSync(join(fixtures, 'images/bridge-mods/square-512x512.jpg'))
const png = readFileSync(join(fixtures, 'images/cc0/chelsea.png'))
const pattern = sharp(synthetic(2, 200, 120), { raw: { width: 200, height: 120, channels: 3 } })

async function refused(bytes: Uint8Array, options: PictureOptions = {}): Promise<string> {
  const got = await hashPicture(bytes, options)
  assert.equal(got.ok, false)
  if (got.ok) return ''
  assert.match(got.error.reason, /^The [^\n]{20,}\.$/, 'a reason in words')
  return got.error.kind
}

/** A PNG of honest form whose pixels would fill the machine. */
function declaredPng(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const rows = deflateSync(Buffer.alloc(4_000_000), { level: 9 })
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('what is no picture is refused in words', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200"/></svg>'
  const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'
  const cases: readonly (readonly [name: string, bytes: string, kind: string])[] = [
    ['an SVG drawing', svg, 'not-a-picture'],
    ['an SVG drawing behind an XML declaration', `\ufeff<?xml version="1.0"?>\n${svg}`, 'not-a-picture'],
    ['a PDF document', pdf, 'not-a-picture'],
    ['a PostScript document', '%!PS-Adobe-3.0\nshowpage\n', 'not-a-picture'],
    ['an archive', 'PK\x03\x04 and so on, and so on, and so on', 'not-a-picture'],
    ['text', 'This is a letter, no picture.', 'not-a-picture'],
    ['a video', '\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'not-a-picture'],
    ['a photograph of a kind not decoded', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'unsupported-format'],
    ['nothing at all', '', 'empty'],
    ['one byte', '\xff', 'not-a-picture'],
    ['the beginning of a JPEG alone', '\xff\xd8\xff', 'truncated'],
    ['the beginning of a PNG alone', '\x89PNG\r\n\x1a\n', 'truncated'],
  ]
  for (const [name, bytes, kind] of cases)
    test(name, async () => {
      const got = await refused(Buffer.from(bytes, bytes.startsWith('\ufeff') ? 'utf8' : 'latin1'))
      // A file of nothing but its first bytes is cut short or damaged; both say so.
      if (kind === 'truncated') assert.ok(['truncated', 'damaged'].includes(got), got)
      else assert.equal(got, kind)
    })

  test('a drawing or document that begins like a picture does not reach its loader', async () => {
    await hashPicture(jpeg)
    for (const bytes of [Buffer.from(svg), Buffer.from(pdf)])
      await assert.rejects(sharp(bytes).raw().toBuffer(), /unsupported image format/)
    await assert.rejects(sharp(join(fixtures, 'images/cc0/chelsea.png')).metadata(), /unsupported image format/)
    const disguised = Buffer.concat([Buffer.from('GIF89a', 'latin1'), Buffer.from(svg)])
    assert.ok(['damaged', 'truncated'].includes(await refused(disguised)))
  })
})

describe('limits hold', () => {
  test('a small file that declares a huge picture costs neither memory nor time', async () => {
    const before = process.memoryUsage().rss
    const started = process.cpuUsage()
    for (const [width, height] of [
      [65_000, 65_000],
      [60_000, 2_000],
      [1_000_000, 50],
    ] as const)
      assert.equal(await refused(declaredPng(width, height)), 'too-large', `${width} x ${height}`)
    const { user, system } = process.cpuUsage(started)
    assert.ok(process.memoryUsage().rss - before < 150_000_000)
    assert.ok(user + system < 2_000_000)
  })

  test('bytes, counted while they flow; the source is read no further', async () => {
    let given = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield jpeg.subarray(0, 10_000)
      for (;;) {
        given += 1
        yield new Uint8Array(10_000)
      }
    }
    const got = await hashPicture(endless(), { maxBytes: 100_000 })
    assert.ok(!got.ok && got.error.kind === 'too-large')
    assert.equal(given, 10)
    assert.equal(await refused(jpeg, { maxBytes: 1000 }), 'too-large')
  })

  test('pixels and sides', async () => {
    assert.equal(await refused(jpeg, { maxPixels: 512 * 512 - 1 }), 'too-large')
    assert.equal(await refused(jpeg, { maxSide: 511 }), 'too-large')
    assert.ok((await hashPicture(jpeg, { maxPixels: 512 * 512, maxSide: 512 })).ok)
  })

  test('a decoder stopped for its time is told from a damaged picture', () => {
    assert.equal(decoderRefusal(new Error('timeout: 41% complete\nVipsImage: killed'), 'jpeg').kind, 'timed-out')
    assert.equal(decoderRefusal(new Error('Input image exceeds pixel limit'), 'png').kind, 'too-large')
    assert.equal(decoderRefusal(new Error('gifload: bad block'), 'gif').kind, 'damaged')
  })

  test('what is no picture is known from the first bytes; the rest stays unread', async () => {
    let given = 0
    async function* text(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1
        yield Buffer.from('not a picture at all '.repeat(40))
      }
    }
    const got = await hashPicture(text())
    assert.ok(!got.ok && got.error.kind === 'not-a-picture')
    assert.equal(given, 1)
  })

  test('a stalled source can be stopped, and one that fails is reported as unreadable', async () => {
    const stop = new AbortController()
    async function* stalls(): AsyncGenerator<Uint8Array> {
      yield jpeg.subarray(0, 10_000)
      stop.abort()
      yield jpeg.subarray(10_000)
    }
    const stopped = await hashPicture(stalls(), { signal: stop.signal })
    assert.ok(!stopped.ok && stopped.error.kind === 'cancelled')
    async function* fails(): AsyncGenerator<Uint8Array> {
      yield jpeg.subarray(0, 10_000)
      throw new Error('the disk is gone')
    }
    const failed = await hashPicture(fails())
    assert.ok(!failed.ok && failed.error.kind === 'unreadable' && failed.error.detail === 'the disk is gone')
  })

  test('many at once all finish', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, (_, at) => hashPicture(pieces(jpeg, 1000 + at))))
    const hashes = new Set(all.map((got) => (got.ok ? got.value.hash : got.error.kind)))
    assert.equal(hashes.size, 1)
  })
})

describe('damaged pictures', () => {
  for (const [name, bytes] of [
    ['JPEG', jpeg],
    ['PNG', png],
  ] as const) {
    test(`a ${name} cut anywhere is refused, or hashed as far as it goes when asked`, async () => {
      for (const share of [0.2, 0.5, 0.9]) {
        const cut = bytes.subarray(0, Math.floor(bytes.length * share))
        assert.equal(await refused(cut), 'truncated', `${share}`)
        const accepted = await hashPicture(cut, { acceptIncomplete: true })
        assert.ok(accepted.ok, `${share}`)
        assert.equal(accepted.value.reliable, false)
        assert.ok(accepted.value.remarks.some(({ kind }) => kind === 'incomplete'))
      }
    })
  }

  test('bytes changed at random never throw and never hang', async () => {
    const formats = await Promise.all([
      pattern.clone().jpeg().toBuffer(),
      pattern.clone().png().toBuffer(),
      pattern.clone().gif().toBuffer(),
      pattern.clone().webp().toBuffer(),
      pattern.clone().tiff({ compression: 'lzw' }).toBuffer(),
    ])
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...formats), changes, async (original, changed) => {
        const bytes = Buffer.from(original)
        for (const [at, value] of changed) bytes[at % bytes.length] = value
        const got = await hashPicture(bytes)
        if (got.ok) assert.match(got.value.hash, /^[0-9a-f]{64}$/)
        else assert.ok(got.error.reason.length > 20)
      }),
      { numRuns: 200 },
    )
  })
})
