export { ExactBuilder, ExactIndex, type ExactSizes } from './exact-index.ts'
export { bytesOf, type HashKind, hashKinds, isHashKind } from './hash-kind.ts'
export type { Listed } from './rows.ts'
export { exactForm, exactFromParts, exactParts, openExact, saveExact } from './save.ts'
