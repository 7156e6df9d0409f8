export { type Commitment, commitTo, isCommitted, type Opening, open } from './list.ts'
