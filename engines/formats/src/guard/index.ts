export { defaultMaxBytes, defaultMaxOpaqueBytes, guard, guardBytes } from './guard.ts'
export type { GuardHint, GuardOutcome, GuardPassed, GuardRefusal, GuardRefused, Stripped } from './outcome.ts'
export { stripText } from './strip-text.ts'
