import { z } from 'zod'
import { route } from '../route.ts'
import { idParams } from '../shapes.ts'
import { decided } from './decided.ts'

export const undo = route({
  name: 'decisions.undo',
  method: 'POST',
  path: '/api/decisions/:id/undo',
  summary: 'Undo a decision by a new decision that names it; nothing is deleted',
  access: 'session',
  params: idParams,
  body: z.strictObject({}),
  response: decided,
})
