// What the command line needs of this package, besides `start`.
export { backupCell, copyKeys, readRecipients } from './backup.ts'
export { type Control, type ControlOptions, startControl } from './control.ts'
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
export { databaseOf } from './database-of.ts'
export { type DoctorOptions, examine } from './doctor.ts'
export { type InitOptions, initLive, type LiveCell } from './init.ts'
export { type LivePlan, planTemplate, readPlan } from './init-plan.ts'
export { type Joint, type JointCell, prepareJoint } from './joint.ts'
export {
  introduced,
  listenForPeers,
  ownCard,
  type PeerCard,
  pinPeer,
  printOf,
  readCard,
  renewedCard,
  unpinPeer,
} from './peers/index.ts'
export { readIfThere, writePrivate } from './private-file.ts'
export { type RestoreOptions, type RestoreReport, restoreCell } from './restore.ts'
export { readSettings } from './settings.ts'
