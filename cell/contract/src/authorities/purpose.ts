import { z } from 'zod'
import { route } from '../route.ts'
import { id } from '../shapes.ts'

export const createPurpose = route({
  name: 'purposes.create',
  method: 'POST',
  path: '/api/purposes',
  summary: 'Enter a purpose: a task under an operation',
  access: 'session',
  body: z.strictObject({
    operation: id,
    code: z.string().trim().min(2).max(60),
    task: z.string().trim().min(3).max(500),
  }),
  response: z.object({ purpose: id }),
})
