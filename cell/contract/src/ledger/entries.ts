import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant } from '../shapes.ts'

export const entries = route({
  name: 'ledger.entries',
  method: 'GET',
  path: '/api/ledger',
  summary: 'Ledger entries that this person may open, newest first; each opening is checked against its leaf',
  access: 'session',
  query: z.strictObject({
    before: z.string().max(100).optional(),
    referral: id.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({
    entries: z.array(
      z.object({
        id,
        agency: z.string(),
        at: instant,
        who: z.string(),
        verb: z.string(),
        object: z.unknown(),
        authority: id.nullable(),
        purpose: id.nullable(),
        leafHash: z.string(),
        /** Its place in the agency's log, from zero; null while it waits for one. */
        place: z.int().nullable(),
        /** Do the six committed fields fit the leaf? */
        fits: z.boolean(),
      }),
    ),
    next: z.string().nullable(),
  }),
})
