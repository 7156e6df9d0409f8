import type {
  allAttributions,
  allAuthorities,
  allDeliveries,
  allDisagreements,
  allLists,
  allLookups,
  allRuns,
  allWeights,
  audit,
  auditSlice,
  choicesBetween,
  entries,
  health,
  inspectLookups,
  inspectRanks,
  inspectRuns,
  listHits,
  logs,
  openTracks,
  pending,
  proof,
  QueryOf,
  queue,
  ResponseOf,
  rankedSubjects,
  replayWeightSet,
  search,
  show,
  showRun,
  showSubject,
  standing,
} from '@tandem/contract'

export type Queue = ResponseOf<typeof queue>
export type QueueItem = Queue['items'][number]
export type Counts = Queue['counts']
export type View = QueryOf<typeof queue>['view']
export type Priority = QueueItem['priority']['effective']
export type Referral = ResponseOf<typeof show>
export type Factor = Referral['score']['factors'][number]
export type TimeClaim = NonNullable<Referral['facts']['incidentAt']>
export type ThreeValued = Referral['facts']['telephoned']
export type DecisionEntry = Referral['decisions'][number]
export type Standing = ResponseOf<typeof standing>
export type Authority = ResponseOf<typeof allAuthorities>['authorities'][number]
export type Delivery = ResponseOf<typeof allDeliveries>['deliveries'][number]
export type HashList = ResponseOf<typeof allLists>['lists'][number]
export type TouchedReferral = ResponseOf<typeof listHits>['referrals'][number]
export type LedgerEntry = ResponseOf<typeof entries>['entries'][number]
export type Log = ResponseOf<typeof logs>['logs'][number]
export type LogAudit = ResponseOf<typeof audit>['logs'][number]
export type EntryProof = ResponseOf<typeof proof>
export type Health = ResponseOf<typeof health>
export type Track = ResponseOf<typeof openTracks>['tracks'][number]
export type Proposal = ResponseOf<typeof pending>['proposals'][number]
export type Runs = ResponseOf<typeof allRuns>
export type RunLine = Runs['runs'][number]
export type RunShown = ResponseOf<typeof showRun>
export type Lookups = ResponseOf<typeof allLookups>
export type GrantLine = Lookups['grants'][number]
export type LookupLine = Lookups['lookups'][number]
export type LookupInspection = ResponseOf<typeof inspectLookups>
export type Inspection = ResponseOf<typeof inspectRuns>
export type RankedSubject = ResponseOf<typeof rankedSubjects>['subjects'][number]
export type Subject = ResponseOf<typeof showSubject>
export type Attribution = ResponseOf<typeof allAttributions>['attributions'][number]
export type Choice = ResponseOf<typeof choicesBetween>['choices'][number]
export type Disagreements = ResponseOf<typeof allDisagreements>
export type Slice = ResponseOf<typeof auditSlice>['slices'][number]
export type RanksInspection = ResponseOf<typeof inspectRanks>
export type Weights = ResponseOf<typeof allWeights>
export type WeightReplay = ResponseOf<typeof replayWeightSet>
export type Found = ResponseOf<typeof search>

export const viewNames: readonly View[] = ['queue', 'mine', 'held', 'ended', 'all']
export const priorityNames: readonly Priority[] = ['P1', 'P2', 'P3']
