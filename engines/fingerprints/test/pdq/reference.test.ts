import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { hashPicture, hashPixels } from '../../src/pdq/index.ts'
import {
  comparable,
  expectedPictures,
  expectedSynthetics,
  fixtures,
  hasWholeSet,
  synthetic,
  wholeSet,
} from './vectors.ts'

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

  test('on the decoded pictures of the repository: pixels, quality, hash and variants', async (context) => {
    const [here, missing] = [true, false].map((wanted) =>
      pictures.filter(({ file }) => existsSync(join(fixtures, file)) === wanted),
    )
    assert.ok(here !== undefined && here.length >= 40)
    for (const expected of here) await check(fixtures, expected)
    context.diagnostic(`${here.length} vectors; not in the repository: ${missing?.length}`)
  })

  const skip = hasWholeSet ? false : `the whole set of pictures is not at ${wholeSet}`
  test('on all decoded pictures of the whole set', { skip }, async () => {
    for (const expected of pictures) await check(wholeSet, expected)
  })

  async function check(folder: string, expected: (typeof pictures)[number]): Promise<void> {
    const { dialect, file } = expected
    const got = await hashPicture(readFileSync(join(folder, file)), { dialect, pixelsSha256: true })
    assert.ok(got.ok, file)
    assert.equal(got.value.pixelsSha256, expected.pixelsSha256, `pixels of ${file}`)
    assert.deepEqual([got.value.width, got.value.height], [expected.width, expected.height], file)
    assert.deepEqual(comparable(got.value), comparable(expected), `${file} ${dialect}`)
  }
})
