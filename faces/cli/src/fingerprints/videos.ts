import { spawn } from 'node:child_process'
import {
  type Catalogue,
  type Explanation,
  type HashedVideo,
  hashVideo,
  type Match,
  matchFrameLists,
  type SideOfMatch,
  type VideoRefusal,
  type VpdqFrame,
} from '@tandem/fingerprints'

/** A list of the frames of one video, with the handle under which the catalogue has it. */
export interface ListedVideo {
  readonly list: number
  readonly name: string
  readonly frames: readonly VpdqFrame[]
}

type Hashed = { readonly ok: true; readonly value: HashedVideo } | { readonly ok: false; readonly error: VideoRefusal }

/** One frame a second; ffmpeg decodes where it is installed. */
/** A film of a few hours takes minutes; what takes longer was made to. */
const longest = 60 * 60 * 1000

export const framesOfVideo = (path: string): Promise<Hashed> =>
  hashVideo(path, { start: spawn, signal: AbortSignal.timeout(longest) })

/** How much of each of two videos is in the other, as vPDQ counts: distinct hashes of quality 50 and more. */
export interface VideoComparison {
  readonly list: string
  readonly radius: number
  readonly minimumQuality: number
  readonly query: SideOfMatch
  readonly listed: SideOfMatch
  readonly comparable: boolean
}

export interface FrameHits {
  readonly comparisons: ReadonlyMap<number, VideoComparison>
  /** The nearest for each entry, or for each video where entries are frames of one. */
  readonly hits: readonly { readonly list: number; readonly frames: number; readonly explanation: Explanation }[]
}

/** Looks all frames of one video up; a listed video that meets none of them is not compared. */
export function lookUpFrames(
  frames: readonly VpdqFrame[],
  dialect: 'full' | null,
  catalogue: Catalogue,
  videos: readonly ListedVideo[],
  radius: number,
): FrameHits {
  const nearest = new Map<string, { match: Match; frame: VpdqFrame; met: Set<number> }>()
  // One frame after the other: a black frame that is listed thousands of times must not fill the memory.
  for (const [number, frame] of frames.entries()) {
    const found = catalogue.perceptual?.query(frame.hash, radius)
    if (found?.ok === false) throw new Error(found.error.says)
    for (const match of found?.value ?? []) {
      const key = `${match.list} ${videoOf(catalogue.entry(match.list, match.entry).entryId) ?? match.entry}`
      const known = nearest.get(key)
      known?.met.add(number)
      if ((known?.match.distance ?? 257) <= match.distance) continue
      nearest.set(key, { match, frame, met: known?.met ?? new Set([number]) })
    }
  }
  const hits = [...nearest.values()].map(({ match, frame, met }) => {
    const about = { hash: frame.hash, threshold: radius, quality: frame.quality, dialect, variant: null }
    return { list: match.list, frames: met.size, explanation: catalogue.explain(match, about) }
  })
  const met = new Set(hits.map(({ list }) => list))
  const comparisons = videos
    .filter(({ list }) => met.has(list))
    .map((video) => [video.list, compared(frames, video, radius)] as const)
  return { hits, comparisons: new Map(comparisons) }
}

function compared(frames: readonly VpdqFrame[], video: ListedVideo, radius: number): VideoComparison {
  const match = matchFrameLists(frames, video.frames, { radius })
  const { minimumQuality, query, target, comparable } = match
  return { list: video.name, radius, minimumQuality, query, listed: target, comparable }
}

/** A frame's entry is named after its video and its time. */
const videoOf = (entryId: string | null): string | null => /^(.*)@\d+\.\d{3}$/s.exec(entryId ?? '')?.[1] ?? null
