// What the command line needs of this package, besides `start` and what `attach` gives.
export { backupCell, copyKeys, readRecipients } from './backup.ts'
export { type Control, type ControlOptions, startControl } from './control.ts'
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
export { type RestoreOptions, type RestoreReport, restoreCell } from './restore.ts'
export { readSettings } from './settings.ts'
