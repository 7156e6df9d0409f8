import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, instant, reason, version } from '../shapes.ts'
import { decided } from './decided.ts'

export const hold = route({
  name: 'referrals.hold',
  method: 'POST',
  path: '/api/referrals/:id/hold',
  summary: 'Hold a referral until an instant; it comes back by itself',
  access: 'session',
  params: idParams,
  body: z.strictObject({ version, until: instant, reason }),
  response: decided,
})
