export { type AskerOpening, type AuditResult, auditAsked, auditHeld, type Finding, openAsked } from './audit/index.ts'
export { type Chance, inBulk } from './chance.ts'
export { type Commitment, commitTo, isCommitted, type Opening, open } from './commit/index.ts'
export * from './entries/index.ts'
export * from './event/index.ts'
export * from './lookup/index.ts'
export * from './quota/index.ts'
export * from './release/index.ts'
export * from './run/index.ts'
export {
  type AgencyKeys,
  type Signatures,
  type Signer,
  signerOf,
  type Verifier,
  verifierOf,
} from './sign/signature.ts'
export {
  blind,
  deriveKeyPair,
  evaluate,
  evaluateBlinded,
  evaluateProved,
  type Group,
  type KeyPair,
  type Mode,
  p256Group,
  proofBytes,
  readProof,
  ristretto255,
  type Suite,
  suiteOf,
  unblind,
  unblindProved,
} from './suite/index.ts'
export { type Frame, type FrameKind, frameBytes, longestFrame, readFrame } from './wire/frame.ts'
export { readStatement, type Statement, state } from './wire/statement.ts'
