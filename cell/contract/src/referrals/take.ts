import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, version } from '../shapes.ts'
import { decided } from './decided.ts'

export const take = route({
  name: 'referrals.take',
  method: 'POST',
  path: '/api/referrals/:id/take',
  summary: 'Take a referral: one officer works it, others see who',
  access: 'session',
  params: idParams,
  body: z.strictObject({ version }),
  response: decided,
})
