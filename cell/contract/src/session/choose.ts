import { z } from 'zod'
import { route } from '../route.ts'
import { id } from '../shapes.ts'

export const choose = route({
  name: 'session.choose',
  method: 'POST',
  path: '/api/session/choose',
  summary: 'Work under another operation, authority and purpose',
  access: 'session',
  body: z.strictObject({ operation: id, authority: id, purpose: id }),
  response: z.object({ chosen: z.literal(true) }),
})
