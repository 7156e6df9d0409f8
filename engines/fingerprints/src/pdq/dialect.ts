import type { Pixels, Shape } from './shape.ts'

/**
 * Meta's own tools differ before the hash proper. `full`: the picture as it is (pdqhash, python-threatexchange, HMA,
 * Java). `cli512`: a picture with a side over 512 is first squashed to 512 x 512 by nearest neighbour (C++ command line,
 * WASM). The same picture may differ by some bits between the two, so every hash says which it is.
 */
export type Dialect = 'full' | 'cli512'

export const dialects: readonly Dialect[] = ['full', 'cli512']

const SQUASHED_SIDE = 512

export const isSquashed = ({ width, height }: Shape, dialect: Dialect): boolean =>
  dialect === 'cli512' && (width > SQUASHED_SIDE || height > SQUASHED_SIDE)

/** The shape that is hashed. */
export const hashedShape = (shape: Shape, dialect: Dialect): Shape =>
  isSquashed(shape, dialect) ? { ...shape, width: SQUASHED_SIDE, height: SQUASHED_SIDE } : shape

/** Takes whole rows of the picture in order and gives on the rows of the squashed one. */
export class Squash {
  readonly #shape: Shape
  readonly #columns: Uint32Array
  readonly #row: Uint8Array
  readonly #give: (row: Uint8Array) => void
  #seen = 0
  #given = 0

  constructor(shape: Shape, give: (row: Uint8Array) => void) {
    this.#shape = shape
    this.#give = give
    this.#columns = Uint32Array.from({ length: SQUASHED_SIDE }, (_, at) => this.#source(at, shape.width))
    this.#row = new Uint8Array(SQUASHED_SIDE * shape.channels)
  }

  push(rows: Uint8Array): void {
    const line = this.#shape.width * this.#shape.channels
    for (let from = 0; from < rows.length; from += line) {
      const wanted = () => this.#given < SQUASHED_SIDE && this.#source(this.#given, this.#shape.height) === this.#seen
      if (wanted()) this.#pick(rows, from)
      while (wanted()) {
        this.#give(this.#row)
        this.#given += 1
      }
      this.#seen += 1
    }
  }

  wipe(): void {
    this.#row.fill(0)
  }

  #source(at: number, length: number): number {
    return Math.floor((at * length) / SQUASHED_SIDE)
  }

  #pick(rows: Uint8Array, from: number): void {
    const { channels } = this.#shape
    for (let x = 0; x < SQUASHED_SIDE; x += 1) {
      const source = from + (this.#columns[x] ?? 0) * channels
      for (let channel = 0; channel < channels; channel += 1)
        this.#row[x * channels + channel] = rows[source + channel] ?? 0
    }
  }
}

/** The whole picture at once, for the plain path and for tests. */
export function squashed(pixels: Pixels, dialect: Dialect): Pixels {
  if (!isSquashed(pixels, dialect)) return pixels
  const shape = hashedShape(pixels, dialect)
  const data = new Uint8Array(shape.width * shape.height * shape.channels)
  let at = 0
  const squash = new Squash(pixels, (row) => {
    data.set(row, at)
    at += row.length
  })
  squash.push(pixels.data)
  return { ...shape, data }
}
