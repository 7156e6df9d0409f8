import { z } from 'zod'
import { route } from '../route.ts'
import { id } from '../shapes.ts'

export const change = z.object({ number: z.int(), topic: z.string(), id })

export const events = route({
  name: 'events.stream',
  method: 'GET',
  path: '/api/events',
  summary: 'Server-sent events: ids of what changed in the operations of this session',
  access: 'session',
  response: change,
})
