export { type TestDatabase, testDatabase } from './database.ts'
export {
  foundCell,
  type SessionCredential,
  type TestAgency,
  type TestCell,
  type TestOperation,
  type TestPerson,
} from './database-cell.ts'
export { holdTestServer, type ServerHold, type TestServer } from './database-server.ts'
export { keysInMemory } from './keys.ts'
export { type TestLogKeys, testLogKeys, testLogs } from './log-keys.ts'
export { noTimestampAuthority, type TestAuthority, testAuthority } from './timestamp-authority.ts'
export * from './world/index.ts'
