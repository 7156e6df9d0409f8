import { z } from 'zod'
import { route } from '../route.ts'

export const signOut = route({
  name: 'session.signOut',
  method: 'POST',
  path: '/api/session/sign-out',
  summary: 'End this session at once',
  access: 'session',
  body: z.strictObject({}),
  response: z.object({ signedOut: z.literal(true) }),
})
