import type { Result } from '@tandem/core'
import type { Failure } from '../failure.ts'

/** A cell that runs, and somebody to sign in as. */
export interface JointDesk {
  readonly agency: string
  readonly url: string
  readonly dataFolder: string
  /** By subject: the PINs of the training login. */
  readonly pins: ReadonlyMap<string, string>
}

/** What one side knows when the run is over: lines for people, in the words that its own desk uses. */
export interface Learned {
  readonly agency: string
  readonly lines: readonly string[]
}

/**
 * A deconfliction between the two cells by the commands that officers use: `asks` asks what `holds` holds. Given to the
 * command that starts both, so that it knows nothing of how a run goes.
 */
export type Deconflict = (
  asks: JointDesk,
  holds: JointDesk,
  progress: (says: string) => void,
) => Promise<Result<readonly Learned[], Failure>>

/** Null while this build has no commands for it: then nothing is compared, and the command says so. */
export const deconflict: Deconflict | null = null
