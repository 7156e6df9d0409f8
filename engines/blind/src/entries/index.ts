export { type CanaryKind, canaryInput, canaryKinds, isCanary } from './canary.ts'
export { type Entry, type EntryKind, type EntryRefusal, entryKinds, inputOf, isEntryKind } from './entry.ts'
export { canonicalForms, readEntry } from './normalise.ts'
export { type Place, paddedPlaces, paddedSize, sample } from './padding.ts'
