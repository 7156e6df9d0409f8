import { z } from 'zod'
import { route } from '../route.ts'
import { instant } from '../shapes.ts'

export const alive = route({
  name: 'health.alive',
  method: 'GET',
  path: '/healthz',
  summary: 'Does the cell answer, and does its database',
  access: 'public',
  response: z.object({ alive: z.literal(true), database: z.boolean() }),
})

export const check = z.object({
  name: z.string(),
  state: z.enum(['good', 'warning', 'bad']),
  says: z.string(),
  remedy: z.string().optional(),
})

export const health = route({
  name: 'health.show',
  method: 'GET',
  path: '/api/health',
  summary: 'Checks, counts and waiting work; no content',
  access: 'session',
  response: z.object({
    now: instant,
    version: z.string(),
    mode: z.enum(['training', 'live']),
    database: z.string(),
    checks: z.array(check),
    counts: z.array(z.object({ agency: z.string(), what: z.string(), state: z.string(), howMany: z.int() })),
  }),
})
