import { cosineTable } from './cosines.ts'
import { type Pixels, rowBytesOf, SIDE } from './shape.ts'

/** What the hash is read from: the 16 x 16 block of waves, and the quality. */
export interface Transformed {
  readonly block: Float32Array
  readonly quality: number
}

/**
 * PDQ in plain code, one float32 operation after the other in the reference's order. Slow and simple: the judge of the
 * kernel in tests, and the way out where a machine has no vector instructions for it.
 */
export function transformPlainly(pixels: Pixels): Transformed {
  const luma = lumaOf(pixels)
  const { width, height } = pixels
  const small = width === SIDE && height === SIDE ? luma : sample(smooth(luma, width, height), width, height)
  return { block: transform(small), quality: qualityOf(small) }
}

const { fround } = Math
const RED = fround(0.299)
const GREEN = fround(0.587)
const BLUE = fround(0.114)

/** Brightness of each pixel: red and green first, then blue. */
export function lumaOf(pixels: Pixels): Float32Array {
  const { data, channels } = pixels
  if (channels === 1) return Float32Array.from(data)
  const luma = new Float32Array((rowBytesOf(pixels) / channels) * pixels.height)
  for (let at = 0, from = 0; at < luma.length; at += 1, from += 3) {
    const red = fround(RED * (data[from] ?? 0))
    const green = fround(GREEN * (data[from + 1] ?? 0))
    const blue = fround(BLUE * (data[from + 2] ?? 0))
    luma[at] = fround(fround(red + green) + blue)
  }
  return luma
}

/** Two rounds of a moving average along rows, then along columns. */
function smooth(luma: Float32Array, width: number, height: number): Float32Array {
  const other = new Float32Array(luma.length)
  const windowX = Math.ceil(width / 128)
  const windowY = Math.ceil(height / 128)
  for (let round = 0; round < 2; round += 1) {
    for (let y = 0; y < height; y += 1) average(luma, other, y * width, 1, width, windowX)
    for (let x = 0; x < width; x += 1) average(other, luma, x, width, height, windowY)
  }
  return luma
}

/** A moving average by one running sum; at the borders it covers fewer elements. */
function average(from: Float32Array, to: Float32Array, first: number, step: number, length: number, window: number) {
  const ahead = Math.floor(window / 2)
  const behind = window - ahead
  let sum = 0
  let covered = 0
  for (let at = -ahead; at < length; at += 1) {
    if (at + ahead < length) {
      sum = fround(sum + (from[first + (at + ahead) * step] ?? 0))
      covered += 1
    }
    if (at - behind >= 0) {
      sum = fround(sum - (from[first + (at - behind) * step] ?? 0))
      covered -= 1
    }
    if (at >= 0) to[first + at * step] = fround(sum / covered)
  }
}

/** The middle of each of 64 x 64 fields. */
function sample(luma: Float32Array, width: number, height: number): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE }, (_, at) => {
    const y = Math.floor(((Math.floor(at / SIDE) * 2 + 1) * height) / 128)
    const x = Math.floor((((at % SIDE) * 2 + 1) * width) / 128)
    return luma[y * width + x] ?? 0
  })
}

/** Steps between neighbours in hundredths of the full range, each cut to a whole number; their sum, scaled to 0..100. */
function qualityOf(small: Float32Array): number {
  const step = (from: number, to: number) =>
    Math.abs(Math.trunc(fround(fround(fround((small[from] ?? 0) - (small[to] ?? 0)) * 100) / 255)))
  let sum = 0
  for (let y = 0; y < SIDE; y += 1)
    for (let x = 0; x < SIDE; x += 1) {
      const at = y * SIDE + x
      if (y + 1 < SIDE) sum += step(at, at + SIDE)
      if (x + 1 < SIDE) sum += step(at, at + 1)
    }
  return Math.min(100, Math.floor(sum / 90))
}

function transform(small: Float32Array): Float32Array {
  const waves = cosineTable()
  const halfway = new Float32Array(16 * SIDE)
  for (let wave = 0; wave < 16; wave += 1)
    for (let x = 0; x < SIDE; x += 1) {
      let sum = 0
      for (let k = 0; k < SIDE; k += 1)
        sum = fround(sum + fround((waves[wave * SIDE + k] ?? 0) * (small[k * SIDE + x] ?? 0)))
      halfway[wave * SIDE + x] = sum
    }
  const block = new Float32Array(256)
  for (let row = 0; row < 16; row += 1)
    for (let column = 0; column < 16; column += 1) {
      let sum = 0
      for (let k = 0; k < SIDE; k += 1)
        sum = fround(sum + fround((halfway[row * SIDE + k] ?? 0) * (waves[column * SIDE + k] ?? 0)))
      block[row * 16 + column] = sum
    }
  return block
}
