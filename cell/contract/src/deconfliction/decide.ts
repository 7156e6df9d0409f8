import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'
import { runState } from './shapes.ts'

export const decideRun = route({
  name: 'deconfliction.decide',
  method: 'POST',
  path: '/api/deconfliction/:id/decide',
  summary: 'Approve or refuse, as a second person, that another agency is asked; approval sends the request',
  access: 'session',
  params: idParams,
  body: z.strictObject({ approve: z.boolean(), reason }),
  response: z.object({ run: id, state: runState }),
})
