import type { VpdqFrame } from './frame.ts'
import { scanIndex } from './scan.ts'

/** One indexed hash near a query hash: its place among the indexed hashes, and the bits in which they differ. */
export interface Near {
  readonly at: number
  readonly distance: number
}

/** What matching asks of an index: for each query hash, every indexed hash within the radius. */
export interface FrameIndex {
  nearWithin(hashes: readonly string[], radius: number): readonly (readonly Near[])[]
}

export interface MatchOptions {
  /** Largest number of differing bits that still counts; 31 by default. */
  readonly radius?: number
  /** Frames of less quality are left out on both sides; 50 by default. */
  readonly minimumQuality?: number
  /**
   * `distinct`: equal hashes of one video count once, as vPDQ is described and as python-threatexchange does.
   * `every-frame`: each counts, as in the C++ tool (whose tolerance, moreover, must be one greater than the radius).
   */
  readonly counting?: 'distinct' | 'every-frame'
  /** Builds the index over the target's hashes; a plain scan by default. */
  readonly indexOf?: (hashes: readonly string[]) => FrameIndex
}

export interface SideOfMatch {
  /** Frames in the list, those good enough to count, and those that have a counterpart. */
  readonly frames: number
  readonly counted: number
  readonly matched: number
  /** 100 x matched / counted; 0 where none counted. */
  readonly percent: number
}

/** A frame of the query with its nearest counterpart, for the explanation. */
export interface FramePair {
  readonly query: VpdqFrame
  readonly target: VpdqFrame
  readonly distance: number
}

export interface VpdqMatch {
  readonly radius: number
  readonly minimumQuality: number
  readonly counting: 'distinct' | 'every-frame'
  readonly query: SideOfMatch
  readonly target: SideOfMatch
  /** In the order of the query. */
  readonly pairs: readonly FramePair[]
  /** False where one side has no frame good enough: the percentages then say nothing. */
  readonly comparable: boolean
}

/** How much of each of two videos is in the other. Order and time of the frames play no part. */
export function matchFrameLists(
  query: readonly VpdqFrame[],
  target: readonly VpdqFrame[],
  options: MatchOptions = {},
): VpdqMatch {
  const { radius = 31, minimumQuality = 50, counting = 'distinct', indexOf = scanIndex } = options
  const good = (frames: readonly VpdqFrame[]) => counted(frames, minimumQuality, counting)
  const [queryFrames, targetFrames] = [good(query), good(target)]
  const targetMatched = new Set<number>()
  const pairs: FramePair[] = []
  const hashes = queryFrames.map(({ hash }) => hash)
  const found = indexOf(targetFrames.map(({ hash }) => hash)).nearWithin(hashes, radius)
  for (const [at, near] of found.entries()) {
    for (const each of near) targetMatched.add(each.at)
    const pair = nearest(queryFrames[at], near, targetFrames)
    if (pair !== null) pairs.push(pair)
  }
  return {
    radius,
    minimumQuality,
    counting,
    query: sideOf(query.length, queryFrames.length, pairs.length),
    target: sideOf(target.length, targetFrames.length, targetMatched.size),
    pairs,
    comparable: queryFrames.length > 0 && targetFrames.length > 0,
  }
}

const sideOf = (frames: number, counted: number, matched: number): SideOfMatch => ({
  frames,
  counted,
  matched,
  percent: counted === 0 ? 0 : (matched * 100) / counted,
})

/** Of equal hashes the first good one stays: its time is where the picture first appears. */
function counted(frames: readonly VpdqFrame[], minimumQuality: number, counting: 'distinct' | 'every-frame') {
  const good = frames.filter(({ quality }) => quality >= minimumQuality)
  if (counting === 'every-frame') return good
  const first = new Map<string, VpdqFrame>()
  for (const frame of good) if (!first.has(frame.hash)) first.set(frame.hash, frame)
  return [...first.values()]
}

function nearest(query: VpdqFrame | undefined, near: readonly Near[], targets: readonly VpdqFrame[]): FramePair | null {
  let best: Near | null = null
  for (const each of near)
    if (best === null || each.distance < best.distance || (each.distance === best.distance && each.at < best.at))
      best = each
  const target = best === null ? undefined : targets[best.at]
  return query === undefined || target === undefined || best === null
    ? null
    : { query, target, distance: best.distance }
}
