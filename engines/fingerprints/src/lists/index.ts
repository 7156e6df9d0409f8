export { Catalogue } from './catalogue.ts'
export { CatalogueBuilder, type EntryRefusal, type ListBuilder } from './catalogue-builder.ts'
export {
  type Explanation,
  explainExact,
  explainPerceptual,
  leadNotVerdict,
  type Matching,
  type PerceptualQuery,
} from './explain.ts'
export { frameEntry } from './frames.ts'
export {
  type EntryAbout,
  type FingerprintKind,
  fingerprintKinds,
  type ListAbout,
  type ListedHash,
  type NewEntry,
} from './list.ts'
export type { LoadedList } from './loaded-list.ts'
export { guessSixtyFour, type HexAccount, type HexItem, type HexOptions, readHexLines } from './read-hex.ts'
export {
  type CatalogueFiles,
  catalogueForm,
  openCatalogue,
  openPerceptualPart,
  type PerceptualPart,
  saveCatalogue,
} from './save.ts'
