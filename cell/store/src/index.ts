export { type CanaryFailure, canary } from './canary.ts'
export { type Parameters, type QueryName, type Row, readCatalogue } from './catalogue.ts'
export { newId } from './ids.ts'
export { type AgencyKeys, RecordKeyCache, type WrappedRecordKey } from './keys/agency-keys.ts'
export { HeldKeys, type KeyShelf } from './keys/held-keys.ts'
export { RecordVault, type RunQuery, type SealedPlace } from './keys/record-vault.ts'
export { type Replaced, replaceSlot, runAsOwner } from './keys/replace-slot.ts'
export { type Login, logins, type Passwords, parseLogin } from './logins.ts'
export { ensureRoles, migrate } from './migrate.ts'
export {
  type Credential,
  type LogQueries,
  type Recorded,
  type Standing,
  Store,
  type StoreConfig,
  type Transaction,
} from './scope.ts'
