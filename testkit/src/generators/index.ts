export { makeTips } from './cybertip-json.ts'
export { makeHashCsv, makeHashSharingPages, makeIcseCsv, makeSignals } from './hash-lists.ts'
export { makeNamedReturn } from './named-returns.ts'
export { makeKikBind, makeSnapchatIpData, makeSubscriberReturn, makeXIpAudit } from './provider-returns.ts'
