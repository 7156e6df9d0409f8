export {
  approveRelease,
  isPointers,
  isRelease,
  type Pointers,
  type Proposal,
  proposeRelease,
  type Release,
  type Released,
  type ReleaseRefusal,
  readRelease,
} from './release.ts'
