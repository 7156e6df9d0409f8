export {
  type AddressKey,
  type AddressRange,
  addressKey,
  addressText,
  contains,
  countedRange,
  ipv4Key,
  rangeOf,
  rangeText,
  readCidr,
} from './address-key.ts'
export { type EmbeddedAddress, embeddedAddress } from './embedded.ts'
export { type RangeEntry, RangeTable } from './range-table.ts'
export {
  type Listing,
  type ListKind,
  listKinds,
  type RequestFacts,
  type TimeDoubt,
  type TimeFacts,
  timeDoubts,
} from './request/facts.ts'
export { judgeRequest, type RequestJudgement } from './request/meaningful.ts'
export type { RequestReason, RequestReasonCode } from './request/reason.ts'
export type { SourceFile } from './source-file.ts'
export { type SpecialKind, type SpecialRange, specialRangeOf, specialRanges } from './special-ranges.ts'
export * from './tor/index.ts'
