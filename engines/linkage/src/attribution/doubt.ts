/** One named reason not to act yet. The code is stable; the sentence is for an officer. */
export interface Doubt {
  readonly code: string
  readonly says: string
  /** Nobody may pass over it: there is nothing to attribute, or nothing that it was copied from. */
  readonly bars: boolean
}

export const doubt = (code: string, says: string): Doubt => ({ code, says, bars: false })
export const bar = (code: string, says: string): Doubt => ({ code, says, bars: true })
