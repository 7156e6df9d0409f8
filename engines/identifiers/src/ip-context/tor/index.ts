export { type TorAddition, TorIndexBuilder } from './builder.ts'
export type { TorCoverage, TorIndex } from './interval-index.ts'
export { minutesFrom, type TorMatch } from './matches.ts'
export { letsOutTo, letsSomethingOut } from './policy.ts'
export type { TorConsensus, TorExitList, TorExitScan, TorRelay } from './records.ts'
export {
  type TorAnswer,
  type TorQuestion,
  type TorReading,
  type TorVerdict,
  torAnswer,
  torVerdicts,
} from './verdict.ts'
export { torWords } from './words.ts'
