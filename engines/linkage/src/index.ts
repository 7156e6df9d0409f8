export {
  type AnswerFacts,
  type AttributionCheck,
  type AttributionChecks,
  type AttributionFacts,
  type AttributionJudgement,
  type AttributionState,
  attributionChecks,
  attributionInWords,
  type ContextFacts,
  type Doubt,
  type EventFacts,
  judgeAttribution,
  type LineFacts,
  type LineKind,
  lineKinds,
} from './attribution/index.ts'
export type { Candidates } from './blocking/candidates.ts'
export type { Rule } from './blocking/rules.ts'
export type { Appearance, AppearanceValue } from './casework/appearance.ts'
export { edgesAmong } from './casework/edges.ts'
export { type CaseworkModel, casework, caseworkSettings } from './casework/model.ts'
export type { Calibration } from './cluster/calibrate.ts'
export { clustersAt, type Dendrogram } from './cluster/dendrogram.ts'
export { type Evaluation, evaluate, type Measure } from './evaluate.ts'
export { type Held, heldClusters, type Link } from './explain/links.ts'
export { type Generic, genericValues } from './generic/identities.ts'
export { type GenericReason, genericBirth, genericReason } from './generic/indicators.ts'
export {
  type AddressEvidence,
  type AddressUse,
  addressEvidence,
  carrierNat,
  type LeaseRule,
  usualLease,
} from './generic/lease.ts'
export { type GenericList, GenericLists } from './generic/lists.ts'
export {
  type KindRule,
  kindRules,
  type Observed,
  type ObservedKind,
  observedKinds,
  valueKey,
} from './generic/observed.ts'
export { type Review, reviewGeneric } from './generic/suppress.ts'
export { degreesOf, type Graph, graphOf } from './graph/csr.ts'
export { type Communities, leiden } from './graph/leiden.ts'
export { modularity } from './graph/modularity.ts'
export { nearNodes } from './graph/page-rank.ts'
export { UnionFind } from './graph/union-find.ts'
export { type Linkage, link, linkColumns, type PairScorer } from './link.ts'
export { type Arrival, type Learned, Live } from './live/live.ts'
export type { Model } from './model/model.ts'
export type { FieldEvidence, PairExplanation, Scorer } from './model/scorer.ts'
export { type Component, clusterComponent, type Settings, usualSettings } from './subjects/component.ts'
export type { Contradiction } from './subjects/contradictions.ts'
export {
  type ClusterVersion,
  type Decision,
  type DecisionUndone,
  type EdgeEvidence,
  type EdgeScored,
  type Ground,
  type Instant,
  type LinkEvent,
  type Millibits,
  type RecordAdded,
  type Relation,
  type SameRelation,
  sameRelations,
  type TieRelation,
  tieRelations,
  type ValueSuppressed,
  type ValueUnsuppressed,
} from './subjects/events.ts'
export {
  explainSubject,
  type Fact,
  type Flip,
  type Hold,
  type Hypotheses,
  holdsOf,
  type SubjectExplanation,
} from './subjects/explain.ts'
export type { Alarm } from './subjects/guard.ts'
export { alarmInWords, bits, linkInWords, type MeasuredError, subjectInWords } from './subjects/in-words.ts'
export { explainLink, type LinkExplanation, type LinkLine } from './subjects/link.ts'
export type { Citation, Register } from './subjects/register.ts'
export { type Snapshot, type Subject, Subjects } from './subjects/subjects.ts'
export { type Tie, type TieLink, tiesOf } from './subjects/ties.ts'
export { columnsOfFile, type FileCells } from './table/cells.ts'
export { type Column, ColumnMaker, columnOfCells, columnsOf } from './table/columns.ts'
export { type Field, type FieldKind, fieldKinds, type Table, type TableRecord } from './table/field.ts'
export { type Cells, gathered, tableOfCells } from './table/gather.ts'
export { type Inferred, inferKinds } from './table/infer.ts'
export { englishForms, formsWith, NameForms } from './text/name-forms.ts'
export { type TieSettings, type Ties, type TooMany, tiesAmong } from './ties/among.ts'
export { sidesOf, tieEdges, tieModel } from './ties/edges.ts'
export { homeName } from './ties/home.ts'
export { type ListedTies, listedRelations, listTies } from './ties/listed.ts'
export {
  type ContactHow,
  contactHows,
  type HeldHow,
  type HeldRelation,
  heldHows,
  mostListed,
  mostParties,
  mostRecipients,
  mostTied,
  type TieContact,
  type TieHolding,
  type ToldTies,
} from './ties/told.ts'
