export { buildPerceptualIndex } from './build.ts'
export type {
  Fingerprint,
  FingerprintBlock,
  FoundBy,
  IndexOptions,
  IndexSize,
  InputProblem,
  Match,
  Owner,
  PerceptualIndex,
  QueryMatch,
} from './contract.ts'
export { type OpenOptions, openPerceptualIndex } from './open.ts'
export { type Band, bitsPerBand, budgetsFor, type Plan, type PlanName, plans, widestRadius } from './plan.ts'
export { SearchPool } from './pool.ts'
export { ringOrder } from './ring.ts'
export { savedKind } from './save.ts'
