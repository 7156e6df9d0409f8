import { createHash } from 'node:crypto'
import { ok, type Result } from '@tandem/core'
import { type Decoded, type DecodeLimits, decode, type PictureRemark } from './decode.ts'
import type { Dialect } from './dialect.ts'
import type { PictureFormat } from './format.ts'
import { Gate } from './gate.ts'
import { hashPixels, type PixelHash } from './hash-pixels.ts'
import type { PictureRefusal } from './refusal.ts'
import { type PictureBytes, type PictureSource, readPicture } from './source.ts'

export interface PictureHash extends PixelHash {
  readonly format: PictureFormat
  readonly width: number
  readonly height: number
  readonly remarks: readonly PictureRemark[]
  /** The same picture in another dialect, when asked for. */
  readonly also?: PixelHash
  /** SHA-256 of the decoded pixels, to tell a difference of decoders from one of hashes. */
  readonly pixelsSha256?: string
}

export interface PictureOptions {
  readonly dialect?: Dialect
  readonly alsoDialect?: Dialect
  readonly pixelsSha256?: boolean
  /** A picture that breaks off is hashed as far as it goes and remarked, instead of refused. */
  readonly acceptIncomplete?: boolean
  readonly maxBytes?: number
  readonly maxPixels?: number
  readonly maxSide?: number
  /** Checked while rows come out of the decoder; the scans of a progressive JPEG are read before the first. */
  readonly maxSeconds?: number
  /** Stops reading a source that has stalled; decoding is bounded by `maxSeconds`. */
  readonly signal?: AbortSignal
}

/** 100 million pixels are 300 MB while they are decoded; the largest cameras make about as many. */
export const pictureLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxPixels: 100_000_000,
  maxSide: 65_535,
  maxSeconds: 20,
} as const

/** As many decoders as the thread pool of Node has threads; more would only hold more pixels at once. */
const decoders = new Gate(4)

/**
 * The PDQ of a picture file. The bytes flow in, are decoded at full size in memory and forgotten: copies made here are
 * overwritten, nothing is written anywhere. (Bytes given as one array stay the caller's.)
 */
export async function hashPicture(
  source: PictureSource,
  options: PictureOptions = {},
): Promise<Result<PictureHash, PictureRefusal>> {
  const { signal, maxBytes = pictureLimits.maxBytes } = options
  const read = await readPicture(source, signal === undefined ? { maxBytes } : { maxBytes, signal })
  if (!read.ok) return read
  try {
    // Only decoding waits for its turn: a source that stalls holds up nobody else.
    return await decoders.through(() => hashBytes(read.value, options))
  } finally {
    read.value.forget()
  }
}

async function hashBytes(picture: PictureBytes, options: PictureOptions): Promise<Result<PictureHash, PictureRefusal>> {
  const limits = limitsOf(options)
  const decoded = await decode(picture.bytes, picture.format, limits, 'whole')
  if (decoded.ok) return ok(hashDecoded(decoded.value, picture.format, options))
  if (decoded.error.kind !== 'truncated' || options.acceptIncomplete !== true) return decoded
  const partly = await decode(picture.bytes, picture.format, limits, 'whatever-there-is')
  if (!partly.ok) return partly
  const hash = hashDecoded(partly.value, picture.format, options)
  const text = 'The picture breaks off; the missing part was hashed as the decoder fills it.'
  return ok({ ...hash, reliable: false, remarks: [...hash.remarks, { kind: 'incomplete', text }] })
}

const limitsOf = (options: PictureOptions): DecodeLimits => ({
  maxPixels: options.maxPixels ?? pictureLimits.maxPixels,
  maxSide: options.maxSide ?? pictureLimits.maxSide,
  maxSeconds: options.maxSeconds ?? pictureLimits.maxSeconds,
})

function hashDecoded({ pixels, remarks }: Decoded, format: PictureFormat, options: PictureOptions): PictureHash {
  try {
    const { dialect = 'full', alsoDialect } = options
    const { width, height, data } = pixels
    return {
      ...hashPixels(pixels, { dialect }),
      format,
      width,
      height,
      remarks,
      ...(alsoDialect === undefined ? {} : { also: hashPixels(pixels, { dialect: alsoDialect }) }),
      ...(options.pixelsSha256 === true ? { pixelsSha256: createHash('sha256').update(data).digest('hex') } : {}),
    }
  } finally {
    pixels.data.fill(0)
  }
}
