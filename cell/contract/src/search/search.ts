import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant, itemState, priority } from '../shapes.ts'

export const search = route({
  name: 'search.find',
  method: 'POST',
  path: '/api/search',
  summary:
    'Find referrals by number, reference, identifier or file hash. In the body, so that no selector is in a URL or log',
  access: 'session',
  body: z.strictObject({ text: z.string().trim().min(1).max(300) }),
  response: z.object({
    /** How the text was understood, so that a hit can be explained. */
    understoodAs: z.array(z.object({ kind: z.string(), normal: z.string() })),
    referrals: z.array(
      z.object({
        id,
        number: z.int(),
        state: itemState,
        priority,
        sender: z.string(),
        receivedAt: instant,
        because: z.string(),
      }),
    ),
  }),
})
