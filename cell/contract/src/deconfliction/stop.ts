import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams } from '../shapes.ts'

export const stopRun = route({
  name: 'deconfliction.stop',
  method: 'POST',
  path: '/api/deconfliction/:id/stop',
  summary: 'End a run that waits or is at work, on either side; it has no answer then',
  access: 'session',
  params: idParams,
  response: z.object({ run: id }),
})
