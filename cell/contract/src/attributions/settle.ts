import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'

export const settleAttribution = route({
  name: 'attributions.settle',
  method: 'POST',
  path: '/api/attributions/:id/settle',
  summary: 'Clear or refuse, as a second person, what another attributed; the referral number is typed as a check',
  access: 'session',
  params: idParams,
  body: z.strictObject({ approve: z.boolean(), number: z.int().positive(), reason }),
  response: z.object({
    attribution: id,
    state: z.enum(['cleared', 'cleared with doubts', 'refused']),
    doubts: z.array(z.string()),
  }),
})

export const correctAttribution = route({
  name: 'attributions.correct',
  method: 'POST',
  path: '/api/attributions/:id/correct',
  summary: 'Open an error record: from now on the attribution is shown as in error wherever it is shown',
  access: 'session',
  params: idParams,
  body: z.strictObject({
    what: reason,
    cause: reason,
    impact: reason,
    told: z.array(z.string().trim().min(1).max(400)).max(20),
    /** As a person judges it; nothing is decided by the cell, and no deadline is set. */
    grading: z.enum(['recordable', 'reportable', 'not decided']),
  }),
  response: z.object({ error: id, says: z.string() }),
})
