import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'

export const note = route({
  name: 'referrals.note',
  method: 'POST',
  path: '/api/referrals/:id/note',
  summary: 'Add a note; notes are never edited',
  access: 'session',
  params: idParams,
  body: z.strictObject({ text: reason }),
  response: z.object({ note: id }),
})
