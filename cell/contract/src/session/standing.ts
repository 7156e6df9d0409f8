import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant } from '../shapes.ts'

const named = z.object({ id, name: z.string() })

export const standingShape = z.object({
  person: z.object({ id, name: z.string(), role: z.string() }),
  agency: z.object({ id, name: z.string(), shortName: z.string() }),
  cell: z.object({ name: z.string(), mode: z.enum(['training', 'live']) }),
  now: instant,
  operation: named.nullable(),
  authority: z
    .object({ id, name: z.string(), act: z.string(), section: z.string(), expiresAt: instant, inForce: z.boolean() })
    .nullable(),
  purpose: z.object({ id, code: z.string(), task: z.string(), inForce: z.boolean() }).nullable(),
  choices: z.object({
    operations: z.array(named),
    authorities: z.array(z.object({ id, name: z.string(), operationId: id, expiresAt: instant })),
    purposes: z.array(z.object({ id, code: z.string(), task: z.string(), operationId: id })),
  }),
  people: z.array(z.object({ id, name: z.string(), role: z.string() })),
  may: z.array(z.string()),
})

export const standing = route({
  name: 'session.standing',
  method: 'GET',
  path: '/api/session',
  summary: 'Who is signed in, under which authority and for what purpose, and what may be chosen',
  access: 'session',
  response: standingShape,
})
