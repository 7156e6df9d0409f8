/** One hashed frame of a video. */
export interface VpdqFrame {
  /** Number of the frame within the video, from 0; null where the list does not say. */
  readonly frame: number | null
  readonly quality: number
  /** 64 hexadecimal digits, lower case. */
  readonly hash: string
  /** Seconds from the start. */
  readonly timestamp: number
}

/** A line of a frame list as Meta's tools write it. */
export const frameLine = ({ frame, quality, hash, timestamp }: VpdqFrame): string =>
  `${frame ?? 0},${quality},${hash},${timestamp.toFixed(3)}`
