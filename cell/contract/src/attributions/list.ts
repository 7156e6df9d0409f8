import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams } from '../shapes.ts'
import { attributionShape } from './shapes.ts'

export const allAttributions = route({
  name: 'attributions.list',
  method: 'GET',
  path: '/api/attributions',
  summary: 'Attributions of one referral, or all that wait for a second person',
  access: 'session',
  query: z.strictObject({ referral: id.optional() }),
  response: z.object({ attributions: z.array(attributionShape) }),
})

export const showAttribution = route({
  name: 'attributions.show',
  method: 'GET',
  path: '/api/attributions/:id',
  summary: 'One attribution: its doubts, what it rests on, who settled it, and whether it is in error',
  access: 'session',
  params: idParams,
  response: attributionShape,
})
