export { type AgeKeys, type AgeProblem, openAge, sealAge } from './age/file.ts'
export { AgePayloadDamaged } from './age/payload.ts'
export { makeIdentity, type Recipient, type RecipientProblem, readRecipient } from './age/recipient.ts'
export { openSmall, type SmallProblem, sealSmall } from './age/small.ts'
export { type NestedKey, type NestedProblem, openNested, sealNested } from './break-glass/nested.ts'
export {
  approveOpening,
  checkOpening,
  checkRequest,
  isOpenAt,
  longestOpeningMinutes,
  type Opening,
  type OpeningProblem,
  type OpeningRequest,
  openingType,
  requestStandsMinutes,
  reviewWithinHours,
} from './break-glass/opening.ts'
export { type AgencyVault, agencyVault, type SealContext } from './envelope.ts'
export {
  type KeyringDocument,
  type OperationDocument,
  readKeyring,
  readOperationKeys,
  readWrapped,
  type SlotDocument,
} from './keyring/document.ts'
export {
  type Changed,
  fitsTogether,
  Keyring,
  recordKeyName,
  slotKeyName,
  slotOfRecord,
  slotsOfOperation,
} from './keyring/keyring.ts'
export { type FieldPlace, openField, sealField } from './keys/record-envelope.ts'
export { type ModulePrf, type RootKeystore, rootInMemory, rootInModule } from './keys/root.ts'
export { Secret } from './keys/secret.ts'
export {
  type KeyName,
  type KeyProblem,
  type KeyRank,
  keyLength,
  keyRanks,
  type NamedKey,
  newKey,
  rewrapKey,
  unwrapKey,
  type WrappedKey,
  wrapKey,
} from './keys/wrapped-key.ts'
export { Gathering, type Quorum, type QuorumProblem, type SplitSecret, splitSecret } from './quorum/quorum.ts'
export {
  makeSigningKey,
  readSigningKey,
  readVerificationKey,
  type SigningKey,
  type VerificationKey,
  verificationKeyOf,
  type WrittenKey,
  writeSigningKey,
  writeVerificationKey,
} from './statement/signing-key.ts'
export {
  readStatement,
  type SignedStatement,
  type StatementProblem,
  type StatementSignature,
  signStatement,
} from './statement/statement.ts'
