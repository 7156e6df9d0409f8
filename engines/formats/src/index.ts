export * from './completeness/index.ts'
export { type Detection, detect } from './detect.ts'
export * from './guard/index.ts'
export { type HashCsvOptions, readHashCsvList } from './hash-csv/list.ts'
export type { HashColumn, HashCsvProfile, ListTerms } from './hash-csv/profile.ts'
export { parseHashCsvProfile, profileKind, writeHashCsvProfile } from './hash-csv/profile-file.ts'
export { type HashCsvAnswers, type HashCsvQuestion, type Sniffed, sniffHashCsv } from './hash-csv/sniff.ts'
export { type Head, headLength, headOf } from './head.ts'
export * from './ip-context/index.ts'
export * from './json/index.ts'
export type { LooksLike } from './looks-like.ts'
export {
  type HashSharingEnvironment,
  hashSharingEnvironments,
  readHashSharingList,
} from './ncmec-hash-sharing/list.ts'
export * from './ncmec-ispws/write.ts'
export {
  type AnswerCheck,
  type AnsweredCustomer,
  type AnswerFinding,
  type AskedAddress,
  checkAnswer,
  customersOf,
  type Meaning,
  profileNamed,
  type ReturnColumn,
  type ReturnOptions,
  type ReturnProfile,
  type ReturnSniffing,
  readReturn,
  returnProfiles,
  type SniffedReturn,
  sniffReturn,
} from './provider-returns/index.ts'
export { type Reading, type ReadOptions, readAll, readEntries } from './read.ts'
export {
  defaultLimits,
  type Fit,
  type FormatId,
  formatIds,
  type Limits,
  type Reader,
  type ReaderEnd,
  wholeFile,
} from './reader.ts'
export { containerFormats, dumpReaders, readers } from './readers.ts'
export type * from './record.ts'
export { readSignalList } from './threat-exchange/list.ts'
export {
  type Report as UkCseaIrpReport,
  type UkCseaIrpDocument,
  ukCseaIrp,
  writeUkCseaIrp,
} from './uk-csea-irp/index.ts'
export type * as UkCseaIrpShape from './uk-csea-irp/shape.ts'
export * from './unpacked/index.ts'
export { readVicsList, type VicsOptions } from './vics/list.ts'
export type { ListEnd, ListNotes, ListReading } from './vics/list-end.ts'
export * from './words/index.ts'
export * from './write/index.ts'
