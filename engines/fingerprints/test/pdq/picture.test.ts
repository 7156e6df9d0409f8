import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import sharp, { type Sharp } from 'sharp'
import { decoderName, hashPicture, hashPixels, type PictureHash, type PictureOptions } from '../../src/pdq/index.ts'
import { comparable, fixtures, synthetic } from './vectors.ts'

const [width, height] = [300, 200]
const data = synthetic(2, width, height)
const pixels = { width, height, channels: 3 as const, data }
const picture = (): Sharp => sharp(data, { raw: { width, height, channels: 3 } })

async function hashed(bytes: Uint8Array, options: PictureOptions = {}): Promise<PictureHash> {
  const got = await hashPicture(bytes, options)
  assert.ok(got.ok, got.ok ? '' : JSON.stringify(got.error))
  return got.value
}

const distance = (one: string, other: string): number =>
  [...one].reduce((sum, digit, at) => {
    const differing = Number.parseInt(digit, 16) ^ Number.parseInt(other[at] ?? '0', 16)
    return sum + differing.toString(2).replaceAll('0', '').length
  }, 0)

const remarksOf = ({ remarks }: PictureHash): string[] => remarks.map(({ kind }) => kind)

describe('hashing a picture file', () => {
  test('lossless files give the hash of their pixels, whatever the format', async () => {
    const expected = comparable(hashPixels(pixels))
    const files = {
      png: picture().png(),
      tiff: picture().tiff({ compression: 'deflate' }),
      webp: picture().webp({ lossless: true }),
    }
    for (const [format, file] of Object.entries(files)) {
      const got = await hashed(await file.toBuffer())
      assert.deepEqual({ ...comparable(got), format: got.format }, { ...expected, format })
      assert.deepEqual(got.remarks, [])
    }
  })

  test('JPEG, AVIF and GIF come close to the pixels they were made from', async () => {
    const file = readFileSync(join(fixtures, 'images/bridge-mods/square-512x512.jpg'))
    const { hash } = await hashed(file)
    const original = sharp(file)
    for (const again of [
      original.clone().jpeg({ quality: 90 }),
      original.clone().avif({ quality: 80, effort: 0 }),
      original.clone().gif(),
    ]) {
      const copy = await hashed(await again.toBuffer())
      assert.ok(distance(copy.hash, hash) <= 10, `${copy.format}: ${distance(copy.hash, hash)} bits`)
    }
  })

  test('an AVIF file may name its brand second', async () => {
    const avif = await picture().avif({ effort: 0 }).toBuffer()
    const general = Buffer.from(avif.toString('latin1').replace('ftypavif', 'ftypmif1'), 'latin1')
    assert.ok(general.subarray(16, 48).includes('avif'))
    assert.equal((await hashed(general)).hash, (await hashed(avif)).hash)
  })

  test('a stream gives what the bytes give, and the bytes given stay as they were', async () => {
    const bytes = await picture().png().toBuffer()
    const before = Buffer.from(bytes)
    const whole = await hashed(bytes)
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 777) yield bytes.subarray(at, at + 777)
    }
    const streamed = await hashPicture(pieces())
    assert.ok(streamed.ok)
    assert.deepEqual(streamed.value, whole)
    assert.deepEqual(bytes, before)
  })

  test('both dialects come from one decoding, each labelled', async () => {
    const bytes = readFileSync(join(fixtures, 'images/bridge-mods/aaa-orig.jpg'))
    const got = await hashed(bytes, { alsoDialect: 'cli512' })
    assert.deepEqual([got.dialect, got.also?.dialect], ['full', 'cli512'])
    assert.equal(got.hash, 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22')
    assert.equal(got.also?.hash, 'd8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22')
  })

  test('a picture with little in it is hashed, and called not reliable', async () => {
    const plain = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#888' } })
      .png()
      .toBuffer()
    const got = await hashed(plain)
    assert.equal(got.quality, 0)
    assert.equal(got.reliable, false)
    assert.match(got.hash, /^[0-9a-f]{64}$/)
    const tiny = await hashed(await picture().resize(4, 4).png().toBuffer())
    assert.deepEqual([tiny.hash, tiny.quality, tiny.reliable], ['0'.repeat(64), 0, false])
  })

  test('transparency is dropped, not blended', async () => {
    const alpha = new Uint8Array(width * height * 4).fill(3)
    for (let at = 0; at < width * height; at += 1) alpha.set(data.subarray(at * 3, at * 3 + 3), at * 4)
    const bytes = await sharp(alpha, { raw: { width, height, channels: 4 } })
      .png()
      .toBuffer()
    const got = await hashed(bytes)
    assert.deepEqual(comparable(got), comparable(hashPixels(pixels)))
    assert.deepEqual(remarksOf(got), ['alpha-dropped'])
  })

  test('the camera mark for turning is left alone: the stored pixels are hashed', async () => {
    const turned = await picture().withMetadata({ orientation: 6 }).png().toBuffer()
    const got = await hashed(turned)
    assert.deepEqual(comparable(got), comparable(hashPixels(pixels)))
    assert.deepEqual([got.width, got.height], [width, height])
    assert.deepEqual(remarksOf(got), ['not-rotated'])
  })

  test('a colour profile changes nothing', async () => {
    // The profile's colours are stored; applying it again would move them back.
    const profiled = await picture().withIccProfile('p3').png().toBuffer()
    assert.equal((await sharp(profiled).metadata()).hasProfile, true)
    const stored = await sharp(profiled, { ignoreIcc: true }).raw().toBuffer()
    const applied = await sharp(profiled).raw().toBuffer()
    assert.notDeepEqual(stored, applied)
    const got = await hashed(profiled)
    assert.deepEqual(comparable(got), comparable(hashPixels({ ...pixels, data: stored })))
  })

  test('palettes, grey, one bit, 16 bits and CMYK are hashed; what was changed is remarked', async () => {
    const grey = picture().greyscale()
    const cases: readonly (readonly [string, Sharp, readonly string[]])[] = [
      ['palette', picture().png({ palette: true, colours: 16 }), []],
      ['grey PNG', grey.clone().toColourspace('b-w').png(), []],
      ['grey JPEG', grey.clone().toColourspace('b-w').jpeg(), []],
      ['one bit', grey.clone().threshold().toColourspace('b-w').tiff({ bitdepth: 1, compression: 'ccittfax4' }), []],
      ['16 bits', picture().toColourspace('rgb16').png(), ['reduced-to-8-bit']],
      ['CMYK JPEG', picture().toColourspace('cmyk').jpeg(), ['colours-converted']],
    ]
    for (const [name, file, remarks] of cases) {
      const got = await hashed(await file.toBuffer())
      assert.ok(got.quality > 0, name)
      assert.deepEqual(remarksOf(got), remarks, name)
    }
  })

  test('16 bits are reduced to their upper eight', async () => {
    const wide = new Uint16Array(data.length)
    for (const [at, value] of data.entries()) wide[at] = value * 256 + (at % 256)
    const bytes = await sharp(wide, { raw: { width, height, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer()
    assert.equal((await hashed(bytes)).hash, hashPixels(pixels).hash)
  })

  test('of a moving picture the first frame is hashed, and that is said', async () => {
    const second = synthetic(0, width, height)
    const frames = Buffer.concat([data, second])
    const animated = sharp(frames, { raw: { width, height: 2 * height, channels: 3, pageHeight: height } })
    const bytes = await animated.webp({ lossless: true, loop: 0, delay: [100, 100] }).toBuffer()
    const got = await hashed(bytes)
    assert.deepEqual(comparable(got), comparable(hashPixels(pixels)))
    assert.ok(remarksOf(got).includes('first-frame'))
    assert.equal(got.height, height)
  })

  test('the decoder can be named in the record', async () => {
    assert.match(await decoderName(), /^sharp \d+\.\d+\.\d+, libvips \d+\.\d+\.\d+$/)
  })
})
