/** The eight ways a picture can be turned and mirrored, named as in the reference. */
export const variantNames = [
  'original',
  'rotate90',
  'rotate180',
  'rotate270',
  'flipX',
  'flipY',
  'flipPlus1',
  'flipMinus1',
] as const

export type Variant = (typeof variantNames)[number]
export type Variants = Readonly<Record<Variant, string>>

export const ZERO_HASH = '0'.repeat(64)

export const zeroVariants: Variants = {
  original: ZERO_HASH,
  rotate90: ZERO_HASH,
  rotate180: ZERO_HASH,
  rotate270: ZERO_HASH,
  flipX: ZERO_HASH,
  flipY: ZERO_HASH,
  flipPlus1: ZERO_HASH,
  flipMinus1: ZERO_HASH,
}

/**
 * Turning or mirroring a picture negates some of its waves and may swap rows with columns, so no second transform is
 * needed. Four patterns of signs, each as it is and swapped, make the eight variants.
 */
export function variantsOf(block: Float32Array): Variants {
  const [original, flipPlus1] = hashesOf(block, signs.none)
  const [rotate180, flipMinus1] = hashesOf(block, signs.unevenPlaces)
  const [flipX, rotate270] = hashesOf(block, signs.evenRows)
  const [flipY, rotate90] = hashesOf(block, signs.evenColumns)
  return { original, rotate90, rotate180, rotate270, flipX, flipY, flipPlus1, flipMinus1 }
}

const isOdd = (number: number): boolean => (number & 1) === 1
const signsWhere = (negates: (row: number, column: number) => boolean): Float32Array =>
  Float32Array.from({ length: 256 }, (_, at) => (negates(at >> 4, at & 15) ? -1 : 1))

const signs = {
  none: signsWhere(() => false),
  unevenPlaces: signsWhere((row, column) => isOdd(row + column)),
  evenRows: signsWhere((row) => !isOdd(row)),
  evenColumns: signsWhere((_, column) => !isOdd(column)),
}

/** The hash under a pattern of signs, and the same with rows and columns swapped. */
function hashesOf(block: Float32Array, pattern: Float32Array): [straight: string, swapped: string] {
  const signed = new Float32Array(256)
  for (let at = 0; at < 256; at += 1) signed[at] = (block[at] ?? 0) * (pattern[at] ?? 1)
  // A bit is set where a wave exceeds the lower median: element 127 of the sorted 256.
  const median = signed.slice().sort()[127] ?? 0
  const straight = new Uint16Array(16)
  const swapped = new Uint16Array(16)
  for (let at = 0; at < 256; at += 1) {
    if (!((signed[at] ?? 0) > median)) continue
    const row = at >> 4
    const column = at & 15
    straight[row] = (straight[row] ?? 0) | (1 << column)
    swapped[column] = (swapped[column] ?? 0) | (1 << row)
  }
  return [textOf(straight), textOf(swapped)]
}

/** One number of 256 bits, in hexadecimal: bit 16 x row + column, the highest first. */
function textOf(words: Uint16Array): string {
  const bytes = Buffer.alloc(32)
  for (let row = 0; row < 16; row += 1) bytes.writeUInt16BE(words[row] ?? 0, 2 * (15 - row))
  return bytes.toString('hex')
}
