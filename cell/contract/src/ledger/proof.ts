import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant } from '../shapes.ts'

export const proof = route({
  name: 'ledger.proof',
  method: 'GET',
  path: '/api/ledger/entries/:id/proof',
  summary: 'Where an entry stands in its log, and the proof of it, checked before it is shown',
  access: 'session',
  params: z.strictObject({ id }),
  response: z.object({
    id,
    agency: z.string(),
    leafHash: z.string(),
    /** Counted from zero; null while it waits. */
    index: z.int().nullable(),
    /** `waiting`: not in a checkpoint yet. `sealed`: in a signed one. `witnessed`: in one that enough witnesses cosigned. */
    state: z.enum(['waiting', 'sealed', 'witnessed']),
    /** Does the proof lead from the leaf to the checkpoint? False is an alarm; null while it waits. */
    included: z.boolean().nullable(),
    checkpoint: z.object({ size: z.int(), root: z.string(), at: instant.nullable() }).nullable(),
    witnesses: z.array(z.object({ name: z.string(), at: instant })),
    /** C2SP tlog-proof. */
    proof: z.string().nullable(),
  }),
})
