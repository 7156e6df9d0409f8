import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant } from '../shapes.ts'

export const authorityShape = z.object({
  id,
  agency: z.string(),
  operation: z.object({ id, name: z.string() }),
  kind: z.string(),
  act: z.string(),
  section: z.string(),
  issuer: z.string(),
  scope: z.string(),
  necessity: z.string(),
  proportionality: z.string(),
  startsAt: instant,
  expiresAt: instant,
  state: z.enum(['future', 'in force', 'expired', 'cancelled']),
  cancelledAt: instant.nullable(),
  cancelReason: z.string().nullable(),
  createdBy: z.string(),
  lanes: z.array(z.object({ id, name: z.string() })),
})

export const allAuthorities = route({
  name: 'authorities.all',
  method: 'GET',
  path: '/api/authorities',
  summary: 'The register: what may be done, under which law, until when',
  access: 'session',
  response: z.object({
    now: instant,
    authorities: z.array(authorityShape),
    purposes: z.array(z.object({ id, operation: id, code: z.string(), task: z.string(), endedAt: instant.nullable() })),
    lanes: z.array(z.object({ id, name: z.string(), operation: id, authority: id, inForce: z.boolean() })),
  }),
})
