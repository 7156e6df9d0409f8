import type { VpdqFrame } from '../vpdq/index.ts'
import type { NewEntry } from './list.ts'

/** A frame of a listed video as an entry: the video's id leads back to it, with the frame's time. */
export const frameEntry = (frame: VpdqFrame, videoId: string, category: string | null = null): NewEntry => ({
  hashes: [{ kind: 'pdq', value: frame.hash }],
  entryId: `${videoId}@${frame.timestamp.toFixed(3)}`,
  category,
  quality: frame.quality,
})
