import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'
import { desk, events } from './shapes.ts'

export const acceptRun = route({
  name: 'deconfliction.accept',
  method: 'POST',
  path: '/api/deconfliction/:id/accept',
  summary: 'Let another agency’s request meet what the operation holds, and say which desk a pointer leads to',
  access: 'session',
  params: idParams,
  body: z.strictObject({ reason, desk, events }),
  response: z.object({
    run: id,
    entries: z.int(),
    left: z.array(z.object({ says: z.string(), count: z.int() })),
  }),
})
