import { z } from 'zod'
import { id, itemState, priority } from '../shapes.ts'

/** What every decision answers: where the referral stands now and what to name in order to undo it. */
export const decided = z.object({
  decision: id,
  referral: id,
  version: z.int(),
  state: itemState,
  effectivePriority: priority,
})
