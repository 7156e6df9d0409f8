import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, instant } from '../shapes.ts'

export const acknowledge = route({
  name: 'safeguarding.acknowledge',
  method: 'POST',
  path: '/api/safeguarding/:id/acknowledge',
  summary: 'Acknowledge a safeguarding track: the clock of first contact stops',
  access: 'session',
  params: idParams,
  body: z.strictObject({}),
  response: z.object({ acknowledgedAt: instant }),
})
