import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dialect, PixelHash, Variants } from '../../src/pdq/index.ts'

export const fixtures = join(import.meta.dirname, '../../../../fixtures/pdq')

export interface Expected {
  readonly dialect: Dialect
  readonly quality: number
  readonly hash: string
  readonly variants: Variants
  readonly pixelsSha256: string
}

export interface ExpectedPicture extends Expected {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly channels: number
}

export interface ExpectedSynthetic extends Expected {
  readonly kind: number
  readonly width: number
  readonly height: number
}

type Row = Readonly<Record<string, string>>

function table(name: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(fixtures, 'expected', name), 'utf8')
    .trimEnd()
    .split('\n')
  const names = head.split('\t')
  return lines.map((line) => {
    const values = line.split('\t')
    return Object.fromEntries(names.map((column, at) => [column, values[at] ?? '']))
  })
}

const text = (row: Row, column: string): string => {
  const value = row[column]
  if (value === undefined || value === '') throw new Error(`no ${column} in a row of expected values`)
  return value
}
const number = (row: Row, column: string): number => Number(text(row, column))

const dialectOf = (row: Row): Dialect => (text(row, 'variant') === 'full' ? 'full' : 'cli512')

const variantsIn = (row: Row): Variants => ({
  original: text(row, 'hash'),
  rotate90: text(row, 'rot90'),
  rotate180: text(row, 'rot180'),
  rotate270: text(row, 'rot270'),
  flipX: text(row, 'flipx'),
  flipY: text(row, 'flipy'),
  flipPlus1: text(row, 'flipplus1'),
  flipMinus1: text(row, 'flipminus1'),
})

const expectedIn = (row: Row, pixelsSha256: string): Expected => ({
  dialect: dialectOf(row),
  quality: number(row, 'quality'),
  hash: text(row, 'hash'),
  variants: variantsIn(row),
  pixelsSha256: text(row, pixelsSha256),
})

export const expectedPictures = (): ExpectedPicture[] =>
  table('images-reference.tsv').map((row) => ({
    ...expectedIn(row, 'decoded_pixels_sha256'),
    file: text(row, 'file'),
    width: number(row, 'decoded_width'),
    height: number(row, 'decoded_height'),
    channels: number(row, 'channels'),
  }))

/** Hashes that Meta's own tests name, and by how many bits our two dialects are known to differ from each. */
export const publishedByMeta = () =>
  table('meta-published.tsv').map((row) => ({
    file: text(row, 'file'),
    hash: text(row, 'hash'),
    bits: { cli512: number(row, 'bits_from_cli512_reference'), full: number(row, 'bits_from_full_reference') },
  }))

export const expectedSynthetics = (): ExpectedSynthetic[] =>
  table('synthetic-reference.tsv').map((row) => ({
    ...expectedIn(row, 'pixels_sha256'),
    kind: number(row, 'kind'),
    width: number(row, 'width'),
    height: number(row, 'height'),
  }))

/** What of a hash the reference also says. */
export const comparable = ({ dialect, quality, hash, variants }: PixelHash | Expected) => ({
  dialect,
  quality,
  hash,
  variants,
})

const formulas: readonly ((x: number, y: number) => readonly [red: number, green: number, blue: number])[] = [
  (x, y) => [7 * x + 13 * y, x * y, x ^ y],
  (x, y) => {
    const grey = Math.floor((x * x + y * y) / 97)
    return [grey, grey, grey]
  },
  (x, y) => [
    Math.floor((2654435761 * x + 40503 * 65537 * y) / 65536) % 256,
    53 * Math.floor(x / 8) + 101 * Math.floor(y / 8),
    Math.floor((3 * x + 5 * y) / 4),
  ],
]

/** A picture by formula; the data's README gives the same in words. */
export function synthetic(kind: number, width: number, height: number): Uint8Array {
  const formula = formulas[kind]
  if (formula === undefined) throw new Error(`no formula ${kind}`)
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y += 1) for (let x = 0; x < width; x += 1, at += 3) pixels.set(formula(x, y), at)
  return pixels
}
