import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, version } from '../shapes.ts'
import { decided } from './decided.ts'

export const release = route({
  name: 'referrals.release',
  method: 'POST',
  path: '/api/referrals/:id/release',
  summary: 'Put a taken or held referral back into the queue',
  access: 'session',
  params: idParams,
  body: z.strictObject({ version }),
  response: decided,
})
