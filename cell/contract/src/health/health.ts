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

/** Whether an agency's records can be read at all. Whose shares are whose stays on the machine of the cell. */
export const keyHealth = z.object({
  agency: z.string(),
  state: z.enum(['open', 'sealed', 'open for some records']),
  openedBy: z.enum(['this machine', 'officers']),
  /** How many officers open it, and how many hold shares; null where this machine holds the root. */
  threshold: z.int().nullable(),
  holders: z.int(),
  missing: z.int(),
  /** Counts the key-encryption keys there have been. */
  rotation: z.int(),
  /** When an opening by break-glass ends. */
  openUntil: instant.nullable(),
})

export const health = route({
  name: 'health.show',
  method: 'GET',
  path: '/api/health',
  summary: 'Checks, key and seal state of each agency, counts and waiting work; no content',
  access: 'session',
  response: z.object({
    now: instant,
    version: z.string(),
    mode: z.enum(['training', 'live']),
    database: z.string(),
    checks: z.array(check),
    keys: z.array(keyHealth),
    counts: z.array(z.object({ agency: z.string(), what: z.string(), state: z.string(), howMany: z.int() })),
  }),
})
