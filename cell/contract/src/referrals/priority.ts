import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, priority, reason, version } from '../shapes.ts'
import { decided } from './decided.ts'

export const setPriority = route({
  name: 'referrals.setPriority',
  method: 'POST',
  path: '/api/referrals/:id/priority',
  summary: 'Confirm a priority. Lowering from P1 becomes a proposal that a second person must approve',
  access: 'session',
  params: idParams,
  body: z.strictObject({ version, to: priority, reason }),
  response: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('decided'), ...decided.shape }),
    z.object({ outcome: z.literal('proposed'), proposal: id, says: z.string() }),
  ]),
})
