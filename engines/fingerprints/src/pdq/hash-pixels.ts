import { type Dialect, hashedShape, isSquashed, Squash } from './dialect.ts'
import { borrowKernel, type Kernel, returnKernel } from './kernel.ts'
import { type Transformed, transformPlainly } from './plain.ts'
import {
  checkPixels,
  checkShape,
  type Pixels,
  RELIABLE_QUALITY,
  rowBytesOf,
  type Shape,
  SMALLEST_SIDE,
} from './shape.ts'
import { type Variants, variantsOf, ZERO_HASH, zeroVariants } from './variants.ts'

export interface PixelHash {
  /** 64 hexadecimal digits. */
  readonly hash: string
  /** 0 to 100: how much there is to see in the picture. */
  readonly quality: number
  readonly dialect: Dialect
  /** Quality of at least 50. A hash below is kept and compared, but called not reliable. */
  readonly reliable: boolean
  /** Hashes of the picture turned and mirrored in all eight ways; `original` is `hash`. */
  readonly variants: Variants
}

export interface HashOptions {
  readonly dialect?: Dialect
  /** `plain` is slow and needs memory for the whole picture; for comparison. */
  readonly path?: 'kernel' | 'plain'
}

export function hashPixels(pixels: Pixels, options: HashOptions = {}): PixelHash {
  checkPixels(pixels)
  const hasher = new PixelHasher(pixels, options)
  try {
    hasher.push(pixels.data)
    return hasher.finish()
  } finally {
    hasher.close()
  }
}

/**
 * Hashes a picture of which only some rows are there at a time. The memory it needs grows with width x height / 32, and
 * the bits are the same however the rows are cut. `close` must be called in the end; it forgets the pixels.
 */
export class PixelHasher {
  readonly #shape: Shape
  readonly #hashed: Shape
  readonly #dialect: Dialect
  readonly #squash: Squash | null
  #kernel: Kernel | null = null
  #plain: Uint8Array | null = null
  #rows = 0
  #plainAt = 0

  constructor(shape: Shape, { dialect = 'full', path = 'kernel' }: HashOptions = {}) {
    checkShape(shape)
    this.#shape = shape
    this.#dialect = dialect
    this.#hashed = hashedShape(shape, dialect)
    this.#squash = isSquashed(shape, dialect) ? new Squash(shape, (row) => this.#take(row)) : null
    if (this.#tooSmall) return
    if (path === 'kernel') this.#kernel = this.#startKernel()
    if (this.#kernel === null) this.#plain = new Uint8Array(rowBytesOf(this.#hashed) * this.#hashed.height)
  }

  /** Whole rows, from the top. */
  push(rows: Uint8Array): void {
    const count = rows.length / rowBytesOf(this.#shape)
    if (!Number.isInteger(count)) throw new RangeError('pixels must come in whole rows')
    this.#rows += count
    if (this.#rows > this.#shape.height) throw new RangeError('more rows than the picture is high')
    if (this.#squash === null) this.#take(rows)
    else this.#squash.push(rows)
  }

  finish(): PixelHash {
    if (this.#rows !== this.#shape.height)
      throw new RangeError(`${this.#rows} rows of a picture of ${this.#shape.height}`)
    const dialect = this.#dialect
    if (this.#tooSmall) return { hash: ZERO_HASH, quality: 0, dialect, reliable: false, variants: zeroVariants }
    const { block, quality } = this.#transform()
    const variants = variantsOf(block)
    block.fill(0)
    return { hash: variants.original, quality, dialect, reliable: quality >= RELIABLE_QUALITY, variants }
  }

  close(): void {
    if (this.#kernel !== null) returnKernel(this.#kernel)
    this.#kernel = null
    this.#plain?.fill(0)
    this.#plain = null
    this.#squash?.wipe()
  }

  get #tooSmall(): boolean {
    return this.#hashed.width < SMALLEST_SIDE || this.#hashed.height < SMALLEST_SIDE
  }

  #startKernel(): Kernel | null {
    const kernel = borrowKernel()
    if (kernel === null || kernel.begin(this.#hashed)) return kernel
    returnKernel(kernel)
    return null
  }

  #take(rows: Uint8Array): void {
    this.#kernel?.push(rows)
    this.#plain?.set(rows, this.#plainAt)
    this.#plainAt += rows.length
  }

  #transform(): Transformed {
    if (this.#kernel !== null) return this.#kernel.finish()
    if (this.#plain === null) throw new Error('the hasher is closed')
    return transformPlainly({ ...this.#hashed, data: this.#plain })
  }
}
