export { type Colours, type HashedVideo, hashVideo, type VideoOptions, videoLimits } from './ffmpeg.ts'
export { frameLine, type VpdqFrame } from './frame.ts'
export {
  type FrameIndex,
  type FramePair,
  type MatchOptions,
  matchFrameLists,
  type Near,
  type SideOfMatch,
  type VpdqMatch,
} from './match.ts'
export type { VideoRefusal } from './probe.ts'
export type { RunningProgram, StartProgram } from './program.ts'
export { type FrameList, gatherFrameList, readFrameList, type VpdqAccount, type VpdqItem } from './read-list.ts'
export { scanIndex } from './scan.ts'
