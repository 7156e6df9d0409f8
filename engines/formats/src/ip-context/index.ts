export type {
  ContextContent,
  ContextFile,
  ContextFormat,
  NetworkList,
  RangeSaying,
} from './content.ts'
export { IpContext, IpContextBuilder, type IpQuestion } from './context.ts'
export { type ContextHolding, holdingOf, lackingIn } from './holdings.ts'
export type { IpJudgement, TorTold } from './judgement.ts'
export { type MmdbHit, type MmdbReader, type MmdbRecord, type MmdbRefusal, openMmdb } from './mmdb/reader.ts'
export type { ListTold } from './range-list.ts'
export { ContextFileReader, type ContextRefusal } from './read-file.ts'
export type { FileAccount, LineAccount } from './tally.ts'
export { type ContextTime, contextTimeOf, readContextTime } from './time.ts'
