import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, priority, reason } from '../shapes.ts'

export const settle = route({
  name: 'proposals.settle',
  method: 'POST',
  path: '/api/proposals/:id/settle',
  summary: 'Approve or refuse, as a second person, what another proposed; the referral number is typed as a check',
  access: 'session',
  params: idParams,
  body: z.strictObject({ approve: z.boolean(), number: z.int().positive(), reason }),
  response: z.object({
    proposal: id,
    state: z.enum(['approved', 'refused']),
    decision: id.nullable(),
    effectivePriority: priority.nullable(),
  }),
})
