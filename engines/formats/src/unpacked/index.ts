export type { ContainerFormat } from './line.ts'
export { readUnpacked } from './read.ts'
export { containerOf, type Unpacked, type UnpackLimits, unpack } from './unpack.ts'
