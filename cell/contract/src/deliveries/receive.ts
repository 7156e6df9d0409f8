import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant } from '../shapes.ts'

/** Given only when the delivery is on disk. */
export const receipt = z.object({
  delivery: id,
  receivedAt: instant,
  sha256: z.string(),
  length: z.int(),
  state: z.enum(['received', 'awaiting authority', 'read', 'refused', 'repeat']),
  repeatOf: id.nullable(),
  stripped: z.int(),
  reason: z.object({ code: z.string(), says: z.string() }).nullable(),
})

export const receive = route({
  name: 'deliveries.receive',
  method: 'POST',
  path: '/api/deliveries',
  summary:
    'A sender delivers a file: API key as bearer, Idempotency-Key header; the same key with another body is refused',
  access: 'sender',
  body: 'stream',
  response: receipt,
})
