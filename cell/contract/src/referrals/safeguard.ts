import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant, reason } from '../shapes.ts'

export const safeguard = route({
  name: 'referrals.safeguard',
  method: 'POST',
  path: '/api/referrals/:id/safeguard',
  summary: 'Refer to safeguarding: a track with its own clock, which the referral cannot close',
  access: 'session',
  params: idParams,
  body: z.strictObject({ need: reason }),
  response: z.object({ safeguarding: id, dueAt: instant }),
})
