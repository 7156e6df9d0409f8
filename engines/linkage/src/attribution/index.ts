export type { Doubt } from './doubt.ts'
export {
  type AnswerFacts,
  type AttributionCheck,
  type AttributionChecks,
  type AttributionFacts,
  attributionChecks,
  type ContextFacts,
  type EventFacts,
  type LineFacts,
  type LineKind,
  lineKinds,
} from './facts.ts'
export { type AttributionJudgement, type AttributionState, attributionInWords, judgeAttribution } from './judge.ts'
