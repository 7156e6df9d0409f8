import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { cosineTable } from '../../src/pdq/cosines.ts'
import { type Dialect, hashPixels, PixelHasher, type Pixels } from '../../src/pdq/index.ts'
import { borrowKernel, returnKernel } from '../../src/pdq/kernel.ts'

/** Pictures whose size meets every kind of border: less than a vector, a window, a batch, a strip. */
const side = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 60, max: 70 }),
  fc.integer({ min: 120, max: 700 }),
)
const dialect = fc.constantFrom<Dialect>('full', 'cli512')
const pictures: fc.Arbitrary<Pixels> = fc
  .record({
    width: side,
    height: side,
    channels: fc.constantFrom<1 | 3>(1, 3),
    seed: fc.nat(),
    levels: fc.constantFrom(2, 5, 256),
  })
  .map(({ seed, levels, ...shape }) => ({
    ...shape,
    data: noise(shape.width * shape.height * shape.channels, seed, levels),
  }))

/** Few levels make near-ties, which show a wrong order of operations; runs of equal pixels make smooth places. */
function noise(length: number, seed: number, levels: number): Uint8Array {
  const data = new Uint8Array(length)
  let state = seed | 1
  for (let at = 0; at < length; ) {
    state = Math.imul(state, 1664525) + 1013904223
    const value = Math.floor((((state >>> 24) * levels) >>> 8) * (255 / Math.max(1, levels - 1)))
    const run = 1 + ((state >>> 8) & 15)
    data.fill(value, at, at + run)
    at += run
  }
  return data
}

describe('the PDQ kernel', () => {
  test('gives what the plain code gives, on pictures of any size, colour and dialect', () => {
    fc.assert(
      fc.property(pictures, dialect, (pixels, dialect) => {
        assert.deepEqual(hashPixels(pixels, { dialect }), hashPixels(pixels, { dialect, path: 'plain' }))
      }),
      { numRuns: 150 },
    )
  })

  test('gives the same bits however the rows are cut into strips', () => {
    fc.assert(
      fc.property(
        pictures,
        dialect,
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
        (pixels, dialect, cuts) => {
          const hasher = new PixelHasher(pixels, { dialect })
          const line = pixels.width * pixels.channels
          for (let row = 0, turn = 0; row < pixels.height; turn += 1) {
            const rows = cuts[turn % cuts.length] ?? 1
            hasher.push(pixels.data.subarray(row * line, (row + rows) * line))
            row += rows
          }
          const got = hasher.finish()
          hasher.close()
          assert.deepEqual(got, hashPixels(pixels, { dialect }))
        },
      ),
      { numRuns: 100 },
    )
  })

  test('hashes several pictures at once, strips interleaved', () => {
    const shapes = [300, 301, 302].map((width) => ({ width, height: 200, channels: 3 as const }))
    const all = shapes.map((shape, at) => ({ ...shape, data: noise(shape.width * 200 * 3, at + 1, 256) }))
    const hashers = all.map((pixels) => new PixelHasher(pixels))
    for (let row = 0; row < 200; row += 50)
      for (const [at, pixels] of all.entries())
        hashers[at]?.push(pixels.data.subarray(row * pixels.width * 3, (row + 50) * pixels.width * 3))
    assert.deepEqual(
      hashers.map((hasher) => hasher.finish()),
      all.map((pixels) => hashPixels(pixels)),
    )
    for (const hasher of hashers) hasher.close()
  })

  test('hashes a picture of 120 million pixels in strips, without memory for it', () => {
    const [width, height] = [12_000, 10_000]
    const strip = noise(width * 100 * 3, 7, 256)
    const hasher = new PixelHasher({ width, height, channels: 3 })
    for (let row = 0; row < height; row += 100) hasher.push(strip)
    const { hash } = hasher.finish()
    hasher.close()
    assert.match(hash, /^[0-9a-f]{64}$/)
    const kernel = borrowKernel()
    assert.ok(kernel !== null)
    assert.ok(kernel.memory.length <= 8 * 1024 * 1024, `${kernel.memory.length} bytes kept`)
    returnKernel(kernel)
  })

  test('forgets the picture when it is closed: two pictures leave the same memory behind', () => {
    const traces = [1, 2].map((seed) => {
      const hasher = new PixelHasher({ width: 200, height: 100, channels: 3 })
      hasher.push(noise(200 * 100 * 3, seed, 256))
      hasher.finish()
      hasher.close()
      const kernel = borrowKernel()
      assert.ok(kernel !== null)
      const trace = createHash('sha256').update(kernel.memory).digest('hex')
      returnKernel(kernel)
      return trace
    })
    assert.equal(traces[0], traces[1])
  })

  test('refuses pixels that do not fit their size', () => {
    assert.throws(() => hashPixels({ width: 10, height: 10, channels: 3, data: new Uint8Array(299) }), RangeError)
    assert.throws(() => new PixelHasher({ width: 0, height: 10, channels: 3 }), RangeError)
    const hasher = new PixelHasher({ width: 10, height: 10, channels: 1 })
    assert.throws(() => hasher.push(new Uint8Array(11)), RangeError)
    hasher.push(new Uint8Array(90))
    assert.throws(() => hasher.finish(), RangeError)
    assert.throws(() => hasher.push(new Uint8Array(20)), RangeError)
    hasher.close()
  })
})

describe('the table of cosines', () => {
  test('is the one of the reference', () => {
    const bytes = new Uint8Array(cosineTable().buffer)
    assert.equal(
      createHash('sha256').update(bytes).digest('hex'),
      'db354678fc6c99b7d442c35d8e89b002b71cb35eff6ae436c5f36392277a83c8',
    )
  })

  test('would be the same with any library whose cosine errs by some units in the last place', () => {
    const scale = Math.fround(Math.sqrt(2 / 64))
    for (const [at, rounded] of cosineTable().entries()) {
      const exact = scale * Math.cos((Math.PI / 128) * (Math.floor(at / 64) + 1) * (2 * (at % 64) + 1))
      for (const error of [-64, 64])
        assert.equal(Math.fround(exact * (1 + error * Number.EPSILON)), rounded, `entry ${at}`)
    }
  })
})
