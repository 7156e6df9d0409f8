export { auditLeaves } from './audit.ts'
export {
  type Bundle,
  type BundleLog,
  type BundleRecord,
  bundleFormat,
  readBundle,
  type TrustForm,
  writeBundle,
} from './bundle/form.ts'
export { proofHead, sealBundle } from './bundle/make.ts'
export { bundleExitCodes, type OfflineWorld, runOffline } from './bundle/offline.ts'
export { readTrust, type Trust } from './bundle/trust.ts'
export { type BundleFacts, checkBundle, type LogFacts } from './bundle/verify.ts'
export { verifyBundle } from './bundle/verify-file.ts'
export { type BundleReport, type BundleVerdict, reportLines } from './bundle/words.ts'
export { type JudgedCheckpoint, judgeCheckpoint } from './judge-checkpoint.ts'
export { Log } from './log.ts'
export { compareCheckpoints, compareLeaves, type Finding, type FindingKind, findingKinds } from './monitor.ts'
export { readBase64, writeBase64 } from './note/base64.ts'
export { type Checkpoint, readCheckpoint, writeCheckpoint } from './note/checkpoint.ts'
export {
  fingerprintOf,
  readVerifierKey,
  type SignatureKind,
  signatureKinds,
  type Verdict,
  type VerifierKey,
  verifierKey,
  verifySignature,
  writeVerifierKey,
} from './note/key.ts'
export {
  type Note,
  type NoteSignature,
  readNote,
  readSignatureLine,
  writeNote,
  writeSignatureLine,
} from './note/note.ts'
export { type OpenedNote, openNote } from './note/open-note.ts'
export { type Algorithm, type RawVerdict, verifyRaw } from './note/raw-signature.ts'
export { type NoteSigner, noteSigner, signNote } from './note/signer.ts'
export { type Group, isQuorum, type Policy, quorumWords, readPolicy } from './policy.ts'
export type { LedgerRefusal } from './refusal.ts'
export { type SigstoreVerdict, verifySigstoreBundle } from './sigstore/bundle.ts'
export { readTrustedRoot, type SigstoreTrust } from './sigstore/trusted-root.ts'
export { type PathReader, TileEdge } from './tiles/edge.ts'
export { longestEntry, readEntryBundle, writeEntryBundle } from './tiles/entry-bundle.ts'
export { entriesPath, newTiles, type Tile, tilePath, tileWidth } from './tiles/path.ts'
export { readerOfTiles, type TileReader, writeTile } from './tiles/tile-reader.ts'
export { type Certificate, readCertificate } from './timestamp/certificate.ts'
export { timestampRequest } from './timestamp/request.ts'
export { type Timestamp, type TimestampTrust, verifyTimestamp } from './timestamp/token.ts'
export { readTlogProof, type TlogProof, writeTlogProof } from './tlog-proof.ts'
export { CompactRange } from './tree/compact-range.ts'
export { emptyRoot, entryHash, nodeHash } from './tree/hash.ts'
export { holdsSubtree, isConsistent, isIncluded, isIncludedInSubtree, isSubtree, type Span } from './tree/proof.ts'
export {
  type HashReader,
  hashOfSpan,
  proveConsistency,
  proveInclusion,
  proveInclusionInSubtree,
  proveSubtree,
  rootOf,
} from './tree/prove.ts'
export { MerkleTree } from './tree/tree.ts'
export { addCheckpoint, type WitnessAnswer, type WitnessedLog, writeWitnessRequest } from './witness.ts'
