export { lotOf, lots, lotsDrawn } from './audit-slice.ts'
export { type ActBy, actByClocks } from './clocks.ts'
export { differences, type FactorChange, type ScoreDifferences } from './differences.ts'
export {
  type DeclaredPriority,
  type FactEvidence,
  type FactName,
  type FlagFact,
  type FlagName,
  flagNames,
  type InstantFact,
  type InstantName,
  instantNames,
  type ListHit,
  type NumberFact,
  type NumberName,
  numberNames,
  type TriageFacts,
} from './facts.ts'
export type { Fault } from './json-reader.ts'
export { orderKey } from './order-key.ts'
export { parseWeights, type WeightFault } from './parse-weights.ts'
export { type Computed, type Confirmed, type EffectivePriority, effectivePriority, mayConfirm } from './priority.ts'
export { type Choice, type Learned, type Learning, learnFromChoices, learnInSteps } from './proposals/learn.ts'
export { type PointChange, proposeWeights, type WeightProposal } from './proposals/propose.ts'
export { type Moved, type Replay, type ReplayCase, replayWeights } from './proposals/replay.ts'
export type { TriageRemark } from './reading.ts'
export {
  type AxisScore,
  canonicalScore,
  type PriorityBecause,
  type TriageContext,
  type TriageFactor,
  type TriageScore,
  triage,
} from './score.ts'
export { fewestDecided, judgeSlice, type Share, type SliceJudged, type SliceOutcome, wilson } from './slice-outcome.ts'
export { type ReasonChange, subjectChanges, type WithoutLink, withoutEachLink } from './subject/changes.ts'
export { evidenceOf, type ReferralEvidence } from './subject/evidence.ts'
export { type RankInterval, rankInterval } from './subject/interval.ts'
export { type LookChoice, type LookModel, usualLook } from './subject/look.ts'
export type { Thousandths } from './subject/pool.ts'
export { type LinkedReferral, rankSubject, type SubjectReason, type SubjectScore } from './subject/subject-score.ts'
export type { Lane, OpenGate } from './tally.ts'
export { tandem1 } from './tandem-1.ts'
export * from './text/index.ts'
export { weightFileOf } from './weight-file.ts'
export {
  type Axis,
  axes,
  type ClockRules,
  type FactorKind,
  type FactorRule,
  type Hundredths,
  type SaturationGroup,
  type Threshold,
  type WeightSet,
} from './weight-set.ts'
export type { WouldMove } from './what-would-move.ts'
