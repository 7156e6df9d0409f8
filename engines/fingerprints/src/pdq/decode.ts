import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import { err, ok, type Result } from '@tandem/core'
import type { Metadata, Sharp } from 'sharp'
import type { PictureFormat } from './format.ts'
import { decoderRefusal, type PictureRefusal, refusal, tooLongSide, tooManyPixels } from './refusal.ts'
import type { Pixels } from './shape.ts'

export interface DecodeLimits {
  readonly maxPixels: number
  readonly maxSide: number
  readonly maxSeconds: number
}

/** What was done to the picture, or left undone, that another tool might do otherwise. */
export interface PictureRemark {
  readonly kind:
    | 'first-frame'
    | 'alpha-dropped'
    | 'reduced-to-8-bit'
    | 'colours-converted'
    | 'not-rotated'
    | 'incomplete'
  readonly text: string
}

export interface Decoded {
  readonly pixels: Pixels
  readonly remarks: readonly PictureRemark[]
}

type Decoder = typeof import('sharp').default

let prepared: Promise<Decoder> | null = null

/** Threads inherit it: choosing again would close every loader for a moment, while another thread decodes. */
const loadersAreChosen = '@tandem/fingerprints loaders are chosen'

/**
 * Loaded with the first picture, for who only compares hashes needs no decoder. Its settings hold for the whole process:
 * no cache that would keep pixels, one thread a picture, and only these loaders, so that drawings, documents and files on
 * disk cannot be reached even past the check of the first bytes.
 */
async function prepare(): Promise<Decoder> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  if (getEnvironmentData(loadersAreChosen) === true) return sharp
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Tiff', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`),
  })
  setEnvironmentData(loadersAreChosen, true)
  return sharp
}

const decoder = (): Promise<Decoder> => {
  prepared ??= prepare()
  return prepared
}

/** For the record beside a hash: which software decoded. */
export async function decoderName(): Promise<string> {
  const { versions } = await decoder()
  return `sharp ${versions.sharp ?? '?'}, libvips ${versions.vips}`
}

/**
 * The pixels as they are stored: full size, no colour profile applied, not turned by the camera's orientation mark,
 * transparency dropped. Any other treatment moves bits of the hash.
 */
export async function decode(
  bytes: Uint8Array,
  format: PictureFormat,
  limits: DecodeLimits,
  completeness: 'whole' | 'whatever-there-is',
): Promise<Result<Decoded, PictureRefusal>> {
  const sharp = await decoder().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
  if (sharp instanceof Error)
    return err(refusal('no-decoder', 'Pictures cannot be decoded on this machine: sharp does not load.', sharp.message))
  try {
    const picture = sharp(bytes, {
      failOn: completeness === 'whole' ? 'error' : 'none',
      limitInputPixels: limits.maxPixels,
      ignoreIcc: true,
      pages: 1,
      page: 0,
    })
    const about = await picture.metadata()
    const tooLarge = sizeRefusal(about, limits)
    if (tooLarge !== null) return err(tooLarge)
    return await decodeAs(picture.timeout({ seconds: limits.maxSeconds }), about, format)
  } catch (error) {
    return err(decoderRefusal(error, format))
  }
}

function sizeRefusal({ width, height }: Metadata, { maxPixels, maxSide }: DecodeLimits): PictureRefusal | null {
  if (width > maxSide || height > maxSide) return tooLongSide(width, height, maxSide)
  return width * height > maxPixels ? tooManyPixels(width, height, maxPixels) : null
}

async function decodeAs(
  picture: Sharp,
  about: Metadata,
  format: PictureFormat,
): Promise<Result<Decoded, PictureRefusal>> {
  // Grey stays one channel, as in the reference: three equal channels weighed together give slightly other numbers.
  const space = about.channels === 1 ? 'b-w' : 'srgb'
  const { data, info } = await picture
    .removeAlpha()
    .toColourspace(space)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  if (channels !== 1 && channels !== 3) {
    data.fill(0)
    const what = `${channels} channels`
    return err(refusal('unsupported-format', `The ${format.toUpperCase()} picture has no ordinary colours.`, what))
  }
  return ok({ pixels: { width, height, channels, data }, remarks: remarksOn(about) })
}

function remarksOn(about: Metadata): PictureRemark[] {
  const remarks: PictureRemark[] = []
  const remark = (kind: PictureRemark['kind'], text: string) => remarks.push({ kind, text })
  if ((about.pages ?? 1) > 1) remark('first-frame', `Only the first of ${about.pages} frames or pages was hashed.`)
  if (about.hasAlpha) remark('alpha-dropped', 'Transparency was ignored; hidden colours count as seen.')
  if (!['uchar', 'char'].includes(about.depth)) remark('reduced-to-8-bit', `Reduced from ${about.depth} to 8 bits.`)
  if (!['srgb', 'b-w', 'rgb', 'rgb16', 'grey16'].includes(about.space))
    remark(
      'colours-converted',
      `Converted from ${about.space}; other tools may convert otherwise and differ by some bits.`,
    )
  if ((about.orientation ?? 1) !== 1)
    remark('not-rotated', 'A camera mark asks to turn the picture; it was hashed as stored, which the variants cover.')
  return remarks
}
