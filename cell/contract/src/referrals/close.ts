import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, reason, version } from '../shapes.ts'
import { decided } from './decided.ts'

export const close = route({
  name: 'referrals.close',
  method: 'POST',
  path: '/api/referrals/:id/close',
  summary: 'Close a referral with its outcome; the safeguarding track stays open',
  access: 'session',
  params: idParams,
  body: z.strictObject({
    version,
    outcome: z.enum([
      'passed to a force',
      'passed to another agency',
      'no further action',
      'not an offence',
      'added to an operation',
    ]),
    reason,
  }),
  response: decided,
})
