import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams } from '../shapes.ts'

export const giveLane = route({
  name: 'lanes.authority',
  method: 'POST',
  path: '/api/lanes/:id/authority',
  summary: 'Let a lane work under another authority in force; deliveries that waited for one are read now',
  access: 'session',
  params: idParams,
  body: z.strictObject({ authority: id }),
  response: z.object({ lane: id, waiting: z.int() }),
})
