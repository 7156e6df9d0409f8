export {
  type QuotaAnswer,
  type QuotaRule,
  type QuotaStore,
  type QuotaUse,
  quotaInMemory,
  takeFromQuota,
  windowStart,
} from './quota.ts'
