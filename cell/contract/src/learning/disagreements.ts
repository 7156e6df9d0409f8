import { z } from 'zod'
import { route } from '../route.ts'
import { id, priority } from '../shapes.ts'
import { direction, disagreementShape } from './disagree.ts'

/** Those that stand, by weight set. `decided`: referrals it ranked that people decided on. */
export const disagreementCounts = z.object({
  weightSet: z.string(),
  higher: z.int(),
  lower: z.int(),
  referrals: z.int(),
  people: z.int(),
  decided: z.int(),
})

export const allDisagreements = route({
  name: 'disagreements.list',
  method: 'GET',
  path: '/api/disagreements',
  summary: 'How often people disagreed with each weight set, which way and on which factors; the latest one by one',
  access: 'session',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(200) }),
  response: z.object({
    counts: z.array(disagreementCounts),
    /** Factors that gave or took points in those ranks. */
    factors: z.array(z.object({ weightSet: z.string(), factor: z.string(), higher: z.int(), lower: z.int() })),
    disagreements: z.array(
      disagreementShape.omit({ withdrawnAt: true }).extend({
        direction,
        referral: id,
        number: z.int(),
        priority: z.object({ effective: priority, computed: priority }),
      }),
    ),
  }),
})
