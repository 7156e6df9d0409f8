export { type DataFolder, dataFolder } from './folders.ts'
export { type OpenCell, type OpenOptions, openCell } from './open-cell.ts'
export { type RunningCell, type StartOptions, start } from './start.ts'
export { VERSION } from './version.ts'
