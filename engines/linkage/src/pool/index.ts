export { LinkagePool } from './pool.ts'
