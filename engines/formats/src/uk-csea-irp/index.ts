export { ukCseaIrp } from './reader.ts'
export * from './shape.ts'
export { writeUkCseaIrp } from './write.ts'
