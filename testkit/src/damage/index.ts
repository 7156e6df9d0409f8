export { type Tried, type TryOptions, tryFile } from './try-file.ts'
export { type DamageOptions, everyCut, versionsOf } from './versions.ts'
export { faultsIn, faultsOf, faultsOfStream, formatOf } from './ways.ts'
