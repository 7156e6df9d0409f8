import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant, reason } from '../shapes.ts'

const line = z.string().trim().min(2).max(300)

export const createAuthority = route({
  name: 'authorities.create',
  method: 'POST',
  path: '/api/authorities',
  summary: 'Enter an authority in the register',
  access: 'session',
  body: z.strictObject({
    operation: id,
    kind: line,
    act: line,
    section: line,
    issuer: line,
    scope: reason,
    necessity: reason,
    proportionality: reason,
    startsAt: instant,
    expiresAt: instant,
  }),
  response: z.object({ authority: id }),
})
