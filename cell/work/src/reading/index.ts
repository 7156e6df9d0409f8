import { ReadingBox } from './box.ts'
import { type Confinement, confinement } from './confinement.ts'
import { readingLimits } from './limits.ts'

/** The box of this process: its children are shared by all lanes and start at its first use, or by `warm`. */
export const readingBox = new ReadingBox()

/** For `doctor`: what this machine lets us take away from the processes that parse. */
export const readingConfinement = (): Confinement => confinement(readingLimits)

export { type BoxedReading, type Guarded, ReadingBox } from './box.ts'
export type { Confinement } from './confinement.ts'
export { type ReadingLimits, readingLimits } from './limits.ts'
