import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason, version } from '../shapes.ts'

export const erase = route({
  name: 'referrals.erase',
  method: 'POST',
  path: '/api/referrals/:id/erase',
  summary: 'Propose the lawful erasure of an ended referral and of the file it came in; another duty manager approves',
  access: 'session',
  params: idParams,
  body: z.strictObject({ version, reason }),
  response: z.object({ proposal: id, records: z.int(), otherReferrals: z.int(), says: z.string() }),
})
