export { type AskerOpening, type AuditResult, auditAsked, auditHeld, type Finding, openAsked } from './audit.ts'
