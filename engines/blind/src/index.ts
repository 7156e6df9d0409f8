export * from './entries/index.ts'
export * from './event/index.ts'
