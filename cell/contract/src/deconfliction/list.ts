import { z } from 'zod'
import { route } from '../route.ts'
import { runLine } from './shapes.ts'

export const allRuns = route({
  name: 'deconfliction.list',
  method: 'GET',
  path: '/api/deconfliction',
  summary: 'Deconfliction runs of the operation, asked and received, and the agencies that can be asked',
  access: 'session',
  response: z.object({ peers: z.array(z.object({ name: z.string(), label: z.string() })), runs: z.array(runLine) }),
})
