// What speaks to a running cell from its own machine. Apart from the rest, so that a command of the command line need not
// load a whole cell to ask one.
export { askBackup, askKeys, askSenders, findRunning, type IntakeRequest, sendIntake } from './control-client.ts'
export type {
  BackupReport,
  BackupStep,
  CellStatus,
  IntakeStep,
  KeyAnswer,
  KeyQuestion,
  ReadOutcome,
  SenderAnswer,
  SenderQuestion,
  TableDigest,
} from './control-messages.ts'
export { senderKinds } from './control-messages.ts'
export { type DataFolder, dataFolder } from './folders.ts'
export { readIfThere, writePrivate } from './private-file.ts'
