export type { RuleSet } from './compile-rules.ts'
export {
  type ExpressionFault,
  parseExpression,
  parseUnless,
  type Unless,
  widestExpression,
  widestGap,
} from './expression.ts'
export { findSignals, type TextFindings, type TextSignal } from './find-signals.ts'
export { housePacks, houseRules } from './house-packs.ts'
export { loadPacks } from './load-packs.ts'
export { type AuthorRole, authorRoles, type RulePack, type Speaker, type TextRule, type Turn } from './pack.ts'
export type { TextPlace } from './stream-judge.ts'
export { textFacts } from './text-facts.ts'
