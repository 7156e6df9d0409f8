import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'
import { desk } from './shapes.ts'

export const proposeRelease = route({
  name: 'deconfliction.release',
  method: 'POST',
  path: '/api/deconfliction/:id/release',
  summary: 'Propose that the other agency learns of chosen hits, and which desk it may talk to',
  access: 'session',
  params: idParams,
  body: z.strictObject({ hits: z.array(z.string().min(1).max(64)).min(1).max(1000), desk, reason }),
  response: z.object({ release: id }),
})
