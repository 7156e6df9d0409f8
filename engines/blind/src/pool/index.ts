export { ComputePool } from './pool.ts'
