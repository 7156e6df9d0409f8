export { type HashSettings, hashFile, type Reading } from './hash-file.ts'
export { type HashTreeOptions, hashTree, type Progress } from './hash-tree.ts'
export { type FileToSave, openSavedFile, writeSavedFiles } from './saved-file.ts'
export { type FoundFile, type Met, walk } from './walk.ts'
