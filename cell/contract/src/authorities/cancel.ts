import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant, reason } from '../shapes.ts'

export const cancelAuthority = route({
  name: 'authorities.cancel',
  method: 'POST',
  path: '/api/authorities/:id/cancel',
  summary: 'Cancel an authority: work under it stops at once',
  access: 'session',
  params: idParams,
  body: z.strictObject({ reason }),
  response: z.object({ authority: id, cancelledAt: instant }),
})
