import { err, ok, type Result } from '@tandem/core'
import { runProgram, type StartProgram } from './program.ts'

export interface VideoRefusal {
  readonly kind: 'no-ffmpeg' | 'not-a-video' | 'too-large' | 'damaged' | 'timed-out' | 'cancelled'
  readonly reason: string
  readonly detail?: string
}

export const videoRefusal = (kind: VideoRefusal['kind'], reason: string, detail = ''): VideoRefusal =>
  detail === '' ? { kind, reason } : { kind, reason, detail }

export interface VideoShape {
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  /** Brightness from 0 to 255 instead of 16 to 235. */
  readonly fullRange: boolean
}

/** Stopped by whoever asked, or by the time that the caller allows. */
export const stopped = ({ reason }: AbortSignal): VideoRefusal =>
  reason instanceof Error && reason.name === 'TimeoutError'
    ? videoRefusal('timed-out', 'Reading the video took longer than is allowed: it was not compared.')
    : videoRefusal('cancelled', 'Reading the video was stopped.')

/** Containers that hold video and nothing that leads elsewhere: no playlists, no scripts, no devices. */
const containers =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,mpegvideo,flv,live_flv,asf,ogg,gif,h264,hevc,ivf,dv,rm,amv'

/** Before the input of either program: local files only, these containers only, no picture larger than allowed. */
export const guarded = (path: string, maxPixels: number): string[] => [
  ...['-protocol_whitelist', 'file', '-format_whitelist', containers, '-max_pixels', String(maxPixels)],
  ...['-i', `file:${path}`],
]

export interface ProbeOptions {
  readonly start: StartProgram
  readonly ffprobe: string
  readonly maxPixels: number
  readonly signal?: AbortSignal
}

/** Size and frame rate of the first video stream. */
export async function probe(path: string, options: ProbeOptions): Promise<Result<VideoShape, VideoRefusal>> {
  const fields = 'stream=width,height,avg_frame_rate,r_frame_rate,pix_fmt'
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', fields, '-of', 'json']
  const running = options.start(options.ffprobe, [...args, ...guarded(path, options.maxPixels)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ended = await runProgram(
    running,
    (chunk) => {
      said += Buffer.from(chunk).toString('utf8')
      return said.length < 100_000
    },
    options.signal,
  )
  if (options.signal?.aborted === true) return err(stopped(options.signal))
  if (ended.notStarted !== null) return err(noFfmpeg(options.ffprobe, ended.notStarted))
  const shape = ended.code === 0 ? shapeIn(said) : null
  if (shape === null)
    return err(videoRefusal('not-a-video', 'The file holds no video that can be read here.', ended.complaints))
  if (shape.width * shape.height > options.maxPixels)
    return err(videoRefusal('too-large', `The video's frames have ${shape.width} x ${shape.height} pixels, too many.`))
  return ok(shape)
}

export const noFfmpeg = (program: string, error: Error): VideoRefusal =>
  videoRefusal('no-ffmpeg', `Videos cannot be hashed here: the program ${program} cannot be started.`, error.message)

function shapeIn(json: string): VideoShape | null {
  const stream = firstStream(json)
  if (stream === null) return null
  const { width, height } = stream
  const framesPerSecond = rateOf(stream['avg_frame_rate']) ?? rateOf(stream['r_frame_rate'])
  if (typeof width !== 'number' || typeof height !== 'number' || framesPerSecond === null) return null
  if (!(width > 0 && height > 0)) return null
  const format = stream['pix_fmt']
  return { width, height, framesPerSecond, fullRange: typeof format === 'string' && format.startsWith('yuvj') }
}

function firstStream(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(json)
    if (!isRecord(parsed) || !Array.isArray(parsed['streams'])) return null
    const first: unknown = parsed['streams'][0]
    return isRecord(first) ? first : null
  } catch {
    return null
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** "30000/1001" as a number; a rate of zero is none. */
function rateOf(text: unknown): number | null {
  const parts = typeof text === 'string' ? /^(\d+)\/(\d+)$/.exec(text) : null
  const rate = parts === null ? 0 : Number(parts[1]) / Number(parts[2])
  return Number.isFinite(rate) && rate > 0 ? rate : null
}
