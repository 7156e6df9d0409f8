import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { hashPicture, hashPixels } from '../../src/pdq/index.ts'
import { comparable, expectedPictures, expectedSynthetics, fixtures, publishedByMeta, synthetic } from './vectors.ts'

const bitsBetween = (one: string, other: string): number =>
  (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length

describe('PDQ equals the C++ reference bit by bit', () => {
  const synthetics = expectedSynthetics()
  const pictures = expectedPictures()

  test('there are 126 synthetic vectors and 36 pictures in two dialects', () => {
    assert.equal(synthetics.length, 126)
    assert.equal(pictures.length, 72)
  })

  for (const path of ['kernel', 'plain'] as const)
    test(`on every synthetic picture, all eight variants, on the ${path} path`, () => {
      for (const expected of synthetics) {
        const { kind, width, height, dialect } = expected
        const data = synthetic(kind, width, height)
        const name = `kind ${kind}, ${width} x ${height}, ${dialect}`
        assert.equal(createHash('sha256').update(data).digest('hex'), expected.pixelsSha256, `generator of ${name}`)
        const got = hashPixels({ width, height, channels: 3, data }, { dialect, path })
        assert.deepEqual(comparable(got), comparable(expected), name)
      }
    })

  test('on all decoded pictures: pixels, quality, hash and variants', async () => {
    for (const expected of pictures) await check(expected)
  })

  test("differs from the hashes in Meta's own tests by as many bits as the reference does", async () => {
    const published = publishedByMeta()
    assert.equal(published.length, 33)
    for (const { file, hash, bits } of published) {
      const got = await hashPicture(readFileSync(join(fixtures, file)), { alsoDialect: 'cli512' })
      assert.ok(got.ok && got.value.also !== undefined, file)
      const ours = { full: got.value.hash, cli512: got.value.also.hash }
      assert.deepEqual({ full: bitsBetween(ours.full, hash), cli512: bitsBetween(ours.cli512, hash) }, bits, file)
    }
  })

  async function check(expected: (typeof pictures)[number]): Promise<void> {
    const { dialect, file } = expected
    const got = await hashPicture(readFileSync(join(fixtures, file)), { dialect, pixelsSha256: true })
    assert.ok(got.ok, file)
    assert.equal(got.value.pixelsSha256, expected.pixelsSha256, `pixels of ${file}`)
    assert.deepEqual([got.value.width, got.value.height], [expected.width, expected.height], file)
    assert.deepEqual(comparable(got.value), comparable(expected), `${file} ${dialect}`)
  }
})
