import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant } from '../shapes.ts'

export const pending = route({
  name: 'proposals.pending',
  method: 'GET',
  path: '/api/proposals',
  summary: 'What waits for a second person',
  access: 'session',
  response: z.object({
    proposals: z.array(
      z.object({
        id,
        referral: id,
        number: z.int(),
        verb: z.string(),
        change: z.record(z.string(), z.unknown()),
        reason: z.string(),
        by: z.string(),
        at: instant,
        mine: z.boolean(),
      }),
    ),
  }),
})
