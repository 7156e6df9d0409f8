import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, itemState, priority } from '../shapes.ts'

export const listHits = route({
  name: 'lists.hits',
  method: 'GET',
  path: '/api/lists/:id/hits',
  summary: 'Which referrals have a hit on a list, most pressing first: what a withdrawal would touch',
  access: 'session',
  params: idParams,
  query: z.strictObject({
    after: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  response: z.object({
    referrals: z.array(
      z.object({
        id,
        number: z.int(),
        state: itemState,
        priority: z.object({ effective: priority, computed: priority }),
        hits: z.int(),
        /** Of these, on the version in force, on an entry that stands, by a hash that is reliable. */
        counting: z.int(),
        versions: z.array(z.int()),
        /** Other lists on which it has a hit that counts: at none, a withdrawal leaves nothing known in it. */
        otherLists: z.int(),
        /** The number of the referral it was folded or merged into: that one is ranked again for it. */
        behind: z.int().nullable(),
      }),
    ),
    /** Ask again with `after` for the next part; null at the end. */
    next: z.string().nullable(),
  }),
})
