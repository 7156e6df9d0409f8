export { firstLight } from './first-light.ts'
export {
  type ExampleList,
  exampleLists,
  hotlineList,
  type ListEntry,
  partnerList,
  renderList,
} from './lists.ts'
export type { Fact } from './model.ts'
export {
  type FileTruth,
  type Manifest,
  type ManifestDelivery,
  type ManifestList,
  type Operation,
  type OperationTruth,
  playOperation,
  scenarios,
} from './operation.ts'
export { type Random, seeded } from './random.ts'
export { type WorldOptions, type WorldReferral, worldBatches, worldReferrals } from './stream.ts'
export type { AddressUse, ExpectedHit, ExpectedPriority, ReferralTruth } from './truth.ts'
export { operationFolder, writeWorld } from './write-world.ts'
