import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'

export const refuseRun = route({
  name: 'deconfliction.refuse',
  method: 'POST',
  path: '/api/deconfliction/:id/refuse',
  summary: 'Refuse another agency’s request; the reason stays here, the other side hears that it was refused',
  access: 'session',
  params: idParams,
  body: z.strictObject({ reason }),
  response: z.object({ run: id }),
})
