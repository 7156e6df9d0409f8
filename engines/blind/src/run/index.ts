export {
  type AskerOutcome,
  type AskerRecord,
  type AskerState,
  type AskerTools,
  ask,
  askerHears,
  askerProgress,
  askerStops,
  askerWaits,
} from './asker.ts'
export { type Compute, inThisThread, type Job, outputBytes, work } from './compute.ts'
export type { Found, Hit } from './hits.ts'
export {
  type HolderOutcome,
  type HolderRecord,
  type HolderState,
  type HolderTools,
  holderAccepts,
  holderHears,
  holderHearsRequest,
  holderProgress,
  holderRefuses,
  holderWaits,
} from './holder.ts'
export type { Closing, Committed } from './messages.ts'
export { isRunProblem, type NoAnswer, noAnswer, type RunProblem, runProblems } from './problem.ts'
export { type Acceptance, type Approval, isRunRequest, mostPlaces, type RunRequest } from './request.ts'
export type { Progress, SideTools, Step } from './side.ts'
export type { Alarm } from './watch.ts'
