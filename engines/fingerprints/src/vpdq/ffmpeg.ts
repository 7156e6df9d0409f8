import { err, ok, type Result } from '@tandem/core'
import { type Dialect, PixelHasher } from '../pdq/index.ts'
import type { VpdqFrame } from './frame.ts'
import { guarded, noFfmpeg, probe, stopped, type VideoRefusal, type VideoShape, videoRefusal } from './probe.ts'
import { type Ended, runProgram, type StartProgram } from './program.ts'

/**
 * ffmpeg computes colours a little differently with and without the processor's vector instructions, and Meta's published
 * lists were made in both ways, so no setting equals them all. Without (`plain`): two of the three sample videos bit by
 * bit, the third within 4 bits. With (`vector`, what most builds do unasked): the third bit by bit, but up to 76 bits off
 * in frames of low contrast. With, rounding exactly (`rounded`): within 4 bits everywhere, and faster than `plain`.
 */
export type Colours = 'plain' | 'rounded' | 'vector'

export interface VideoOptions {
  /** Node's `spawn`, or one that confines what it starts. */
  readonly start: StartProgram
  readonly ffmpeg?: string
  readonly ffprobe?: string
  /** One frame is hashed every so many seconds; 1 by default, 0 hashes every frame. */
  readonly secondsPerFrame?: number
  readonly dialect?: Dialect
  /** How colours are computed; `plain` by default, which is nowhere far from any published list. */
  readonly colours?: Colours
  /** Hashing ends there, and the result says that it is not complete. */
  readonly maxFrames?: number
  readonly maxPixels?: number
  /** Seconds of processor time that the decoder may use. */
  readonly maxDecoderSeconds?: number
  readonly signal?: AbortSignal
}

export interface HashedVideo extends VideoShape {
  readonly frames: readonly VpdqFrame[]
  readonly dialect: Dialect
  /** Every so many frames one was hashed. */
  readonly frameStep: number
  /** False when a limit or damage ended the hashing before the video did. */
  readonly complete: boolean
  readonly remarks: readonly string[]
}

export const videoLimits = { maxFrames: 50_000, maxPixels: 40_000_000, maxDecoderSeconds: 1800 } as const

/** Hashes frames of a video file. ffmpeg decodes; pixels come through a pipe, are hashed and overwritten. */
export async function hashVideo(path: string, options: VideoOptions): Promise<Result<HashedVideo, VideoRefusal>> {
  const { start, ffmpeg = 'ffmpeg', ffprobe = 'ffprobe', signal, secondsPerFrame = 1, dialect = 'full' } = options
  const { maxFrames, maxPixels, maxDecoderSeconds } = { ...videoLimits, ...options }
  const guard = signal === undefined ? {} : { signal }
  const probed = await probe(path, { start, ffprobe, maxPixels, ...guard })
  if (!probed.ok) return probed
  const shape = probed.value
  const frameStep = Math.max(1, Math.trunc(secondsPerFrame * shape.framesPerSecond))
  const sampler = new Sampler(shape, { frameStep, dialect, maxFrames })
  try {
    const job = { path, shape, frameStep, maxPixels, maxDecoderSeconds, colours: options.colours ?? 'plain' }
    const running = start(ffmpeg, decoding(job), { stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = await runProgram(running, (chunk) => sampler.take(chunk), signal)
    if (signal?.aborted === true) return err(stopped(signal))
    if (ended.notStarted !== null) return err(noFfmpeg(ffmpeg, ended.notStarted))
    if (sampler.frames.length === 0)
      return err(videoRefusal('damaged', 'No frame of the video could be decoded.', ended.complaints))
    const remarks = remarksOn(ended, sampler)
    const complete = ended.code === 0 && !sampler.stopped && !sampler.partly
    return ok({ ...shape, frames: sampler.frames, dialect, frameStep, complete, remarks })
  } finally {
    sampler.close()
  }
}

interface Decoding {
  readonly path: string
  readonly shape: VideoShape
  readonly frameStep: number
  readonly maxPixels: number
  readonly maxDecoderSeconds: number
  readonly colours: Colours
}

/**
 * As the reference decodes: no turning by the container's mark, every decoded frame counted, the colours of the standard
 * of 1982 (BT.601) whatever the file says, chroma scaled by area.
 */
function decoding({ path, shape, frameStep, maxPixels, maxDecoderSeconds, colours }: Decoding): string[] {
  const { width, height, fullRange } = shape
  const flags = colours === 'rounded' ? 'area+accurate_rnd' : 'area'
  const scale = `scale=${width}:${height}:flags=${flags}:in_color_matrix=bt601:in_range=${fullRange ? 'pc' : 'tv'}`
  return [
    ...(colours === 'plain' ? ['-cpuflags', '0'] : []),
    ...['-nostdin', '-hide_banner', '-v', 'error', '-timelimit', String(maxDecoderSeconds), '-noautorotate'],
    ...guarded(path, maxPixels),
    ...['-map', '0:v:0', '-an', '-sn', '-dn'],
    ...['-vf', `select=not(mod(n\\,${frameStep})),${scale}`],
    ...['-vsync', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
  ]
}

function remarksOn({ code, complaints }: Ended, sampler: Sampler): string[] {
  const remarks: string[] = []
  if (sampler.stopped) remarks.push(`Hashing ended at the limit of ${sampler.frames.length} frames.`)
  else if (code !== 0) remarks.push('The decoder ended before the video did; later frames were not hashed.')
  if (sampler.partly) remarks.push('The last frame arrived only in part and was not hashed.')
  if (complaints !== '') remarks.push(`The decoder complained: ${complaints.split('\n')[0]?.slice(0, 200) ?? ''}`)
  return remarks
}

/** Cuts the stream of pixels into frames and hashes them row by row as they come. */
class Sampler {
  readonly frames: VpdqFrame[] = []
  stopped = false
  readonly #shape: VideoShape
  readonly #settings: { readonly frameStep: number; readonly dialect: Dialect; readonly maxFrames: number }
  readonly #row: Uint8Array
  #filled = 0
  #rows = 0
  #hasher: PixelHasher | null = null

  constructor(shape: VideoShape, settings: { frameStep: number; dialect: Dialect; maxFrames: number }) {
    this.#shape = shape
    this.#settings = settings
    this.#row = new Uint8Array(shape.width * 3)
  }

  get partly(): boolean {
    return this.#hasher !== null || this.#filled > 0
  }

  /** False when enough frames are hashed. */
  take(chunk: Uint8Array): boolean {
    const line = this.#row.length
    for (let at = 0; at < chunk.length; ) {
      if (this.frames.length >= this.#settings.maxFrames) {
        this.stopped = true
        break
      }
      if (this.#filled === 0 && chunk.length - at >= line) {
        const rows = Math.min(Math.floor((chunk.length - at) / line), this.#shape.height - this.#rows)
        this.#push(chunk.subarray(at, at + rows * line))
        at += rows * line
      } else {
        const part = chunk.subarray(at, at + line - this.#filled)
        this.#row.set(part, this.#filled)
        this.#filled += part.length
        at += part.length
        if (this.#filled === line) {
          this.#filled = 0
          this.#push(this.#row)
        }
      }
    }
    chunk.fill(0)
    return !this.stopped
  }

  close(): void {
    this.#hasher?.close()
    this.#hasher = null
    this.#row.fill(0)
  }

  #push(rows: Uint8Array): void {
    const { width, height, framesPerSecond } = this.#shape
    const { dialect, frameStep } = this.#settings
    this.#hasher ??= new PixelHasher({ width, height, channels: 3 }, { dialect })
    this.#hasher.push(rows)
    this.#rows += rows.length / this.#row.length
    if (this.#rows < height) return
    const { hash, quality } = this.#hasher.finish()
    this.#hasher.close()
    this.#hasher = null
    this.#rows = 0
    const frame = this.frames.length * frameStep
    // The reference divides in single precision.
    const timestamp = Math.fround(frame / Math.fround(framesPerSecond))
    this.frames.push({ frame, quality, hash, timestamp })
  }
}
