import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason, version } from '../shapes.ts'
import { decided } from './decided.ts'

export const merge = route({
  name: 'referrals.merge',
  method: 'POST',
  path: '/api/referrals/:id/merge',
  summary: 'Merge a referral into another as a duplicate',
  access: 'session',
  params: idParams,
  body: z.strictObject({ version, into: id, reason }),
  response: decided,
})
