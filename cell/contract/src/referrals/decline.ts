import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, reason, version } from '../shapes.ts'
import { decided } from './decided.ts'

export const decline = route({
  name: 'referrals.decline',
  method: 'POST',
  path: '/api/referrals/:id/decline',
  summary: 'Decline a referral with a reason',
  access: 'session',
  params: idParams,
  body: z.strictObject({ version, reason }),
  response: decided,
})
