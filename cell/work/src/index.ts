export type { Caller, Cell, Check, IpContextOfCell, KeyHealth } from './cell.ts'
export { isReceipt } from './deconfliction/receipt.ts'
export { type HeldRun, Runs, type RunsOptions } from './deconfliction/runs.ts'
export type { Handler, Handlers, Input, ServersOwn } from './handler.ts'
export { handlers } from './handlers.ts'
export { ipContextOf } from './ip-context.ts'
export { logFile } from './log/files.ts'
export { type Disk, type LogFile, LogFolder } from './log/folder.ts'
export { type LogStanding, Sequencer, type SequencerOptions } from './log/sequencer.ts'
export type { TimestampAuthority, Timestamps } from './log/stamper.ts'
export type { AgencyLog, LogKeys, WatchedLog, Witness } from './log/types.ts'
export {
  type LineProblem,
  lineProblems,
  type Peer,
  type PeerDoor,
  type PeerLine,
  type PeerTopic,
} from './peers/line.ts'
export { type LocalAgency, noPeers, type OwnName, type PeerAgency, type Peers, peersOfCell } from './peers/peers.ts'
export { jobKindsOf } from './pipeline/job-kinds.ts'
export { type Arrival, type Receipt, receiveDelivery } from './pipeline/receive.ts'
export { receiveFromSender } from './pipeline/receive-from-sender.ts'
export { type Confinement, readingBox, readingConfinement } from './reading/index.ts'
export { type Change, changesAfter, latestChange } from './session/changes.ts'
export { type LaneInfo, lanesOf, sendersOf } from './session/lanes.ts'
export { addPasskey, type Passkey, passkeysOf, secondFactorGiven } from './session/passkeys.ts'
export { type HeldSession, type SignedIn, sessionOf, signIn, signOut } from './session/sign-in.ts'
