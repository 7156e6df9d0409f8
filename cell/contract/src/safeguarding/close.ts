import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, instant, reason } from '../shapes.ts'

export const closeTrack = route({
  name: 'safeguarding.close',
  method: 'POST',
  path: '/api/safeguarding/:id/close',
  summary: 'Close a safeguarding track with its outcome; safeguarding officers and duty managers only',
  access: 'session',
  params: idParams,
  body: z.strictObject({ outcome: reason }),
  response: z.object({ closedAt: instant }),
})
