/** What a decoded picture is: eight bits a channel, rows from the top, no gaps; RGB interleaved or one grey channel. */
export interface Shape {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

export interface Pixels extends Shape {
  readonly data: Uint8Array
}

/** Smaller pictures have no PDQ: the reference gives 256 zero bits and quality 0. */
export const SMALLEST_SIDE = 5

/** Below this quality Meta's own tools do not use a hash; here it is kept and called not reliable. */
export const RELIABLE_QUALITY = 50

/** Side of the sampled picture from which quality and hash are made. */
export const SIDE = 64

export const rowBytesOf = (shape: Shape): number => shape.width * shape.channels

/** Wrong numbers here are a bug of the caller, no expected outcome. */
export function checkShape({ width, height, channels }: Shape): void {
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height) || width < 1 || height < 1)
    throw new RangeError(`a picture of ${width} x ${height} pixels cannot be`)
  if (channels !== 1 && channels !== 3) throw new RangeError(`pixels have 1 or 3 channels, not ${String(channels)}`)
}

export function checkPixels(pixels: Pixels): void {
  checkShape(pixels)
  const expected = rowBytesOf(pixels) * pixels.height
  if (pixels.data.length !== expected)
    throw new RangeError(`${pixels.data.length} bytes of pixels where ${expected} belong`)
}
