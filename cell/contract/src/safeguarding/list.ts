import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant } from '../shapes.ts'

export const openTracks = route({
  name: 'safeguarding.open',
  method: 'GET',
  path: '/api/safeguarding',
  summary: 'Safeguarding tracks that are not closed, most urgent clock first',
  access: 'session',
  response: z.object({
    tracks: z.array(
      z.object({
        id,
        referral: id,
        number: z.int(),
        dueAt: instant,
        acknowledgedAt: instant.nullable(),
        overdue: z.boolean(),
      }),
    ),
  }),
})
