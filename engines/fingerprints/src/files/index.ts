export { type ArchiveKind, archiveKind } from './archive-kind.ts'
export { Digesting, hashStream } from './digesting.ts'
export { type Journal, type JournalEntry, journalLine, LineJournal } from './journal.ts'
export { type Limits, usualLimits } from './limits.ts'
export { bytesOfName, type Name, nameFromBytes } from './name.ts'
export {
  accountOf,
  counted,
  type Digests,
  type FileAccount,
  type FileOutcome,
  type FilePlace,
  type FileRemark,
  type Likeness,
  type ReasonCode,
  type RemarkCode,
} from './outcome.ts'
