import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant } from '../shapes.ts'

export const deliveryShape = z.object({
  id,
  name: z.string(),
  sender: z.string(),
  lane: z.string(),
  receivedAt: instant,
  state: z.enum(['received', 'awaiting authority', 'read', 'refused', 'repeat']),
  format: z.string().nullable(),
  sha256: z.string(),
  length: z.int(),
  stripped: z.array(z.record(z.string(), z.unknown())),
  account: z.object({ records: z.int(), accepted: z.int(), remarked: z.int(), setAside: z.int() }),
  reason: z.object({ code: z.string(), says: z.string() }).nullable(),
})

export const allDeliveries = route({
  name: 'deliveries.recent',
  method: 'GET',
  path: '/api/deliveries',
  summary: 'Recent deliveries with their exact account',
  access: 'session',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
  response: z.object({ deliveries: z.array(deliveryShape) }),
})

export const showDelivery = route({
  name: 'deliveries.show',
  method: 'GET',
  path: '/api/deliveries/:id',
  summary: 'One delivery: what was stripped, what was set aside and why',
  access: 'session',
  params: z.strictObject({ id }),
  response: z.object({
    delivery: deliveryShape,
    setAside: z.array(z.object({ place: z.string(), code: z.string(), says: z.string() })),
    referrals: z.array(z.object({ id, number: z.int() })),
  }),
})
