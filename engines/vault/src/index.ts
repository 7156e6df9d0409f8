export { type AgencyVault, agencyVault, type SealContext } from './envelope.ts'
