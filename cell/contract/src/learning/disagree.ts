import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant, reason } from '../shapes.ts'

export const direction = z.enum(['higher', 'lower'])

/** What somebody said of a rank. It stands until it is taken back by an event of its own. */
export const disagreementShape = z.object({
  id,
  score: z.int(),
  weightSet: z.string(),
  direction,
  reason: z.string().nullable(),
  by: z.string(),
  at: instant,
  mine: z.boolean(),
  withdrawnAt: instant.nullable(),
})

export const disagree = route({
  name: 'referrals.disagree',
  method: 'POST',
  path: '/api/referrals/:id/disagree',
  summary: 'Say that a referral should stand higher or lower than it was scored; no reason is asked, and no rank moves',
  access: 'session',
  params: idParams,
  body: z.strictObject({
    /** The number of the score that was shown; it names its weight set. */
    score: z.int().positive(),
    direction,
    reason: reason.optional(),
  }),
  response: z.object({ disagreement: id, referral: id, score: z.int(), direction, says: z.string() }),
})

export const withdrawDisagreement = route({
  name: 'disagreements.withdraw',
  method: 'POST',
  path: '/api/disagreements/:id/withdraw',
  summary: 'Take a disagreement back by a new event that names it; nothing is deleted',
  access: 'session',
  params: idParams,
  body: z.strictObject({}),
  response: z.object({ withdrawn: id, referral: id, says: z.string() }),
})
