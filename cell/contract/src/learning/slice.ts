import { z } from 'zod'
import { route } from '../route.ts'
import { disagreementCounts } from './disagreements.ts'

/** Each referral is in one of `rose`, `elsewhere`, `mattered`, `nothing`, `waiting`. */
const outcome = z.object({
  received: z.int(),
  /** The machine ranked it higher before anybody judged it: no miss of the ranks. */
  rose: z.int(),
  /** Folded or merged into another one: what is found there is not told of it. */
  elsewhere: z.int(),
  mattered: z.int(),
  /** Declined, or closed with no further action or as no offence. */
  nothing: z.int(),
  waiting: z.int(),
  /** Of those that mattered; one may be in several. */
  passedOn: z.int(),
  raised: z.int(),
  safeguarded: z.int(),
})

/** What became of referrals that ranked low when they came, of one agency and one weight set. */
export const sliceShape = z.object({
  agency: z.string(),
  weightSet: z.string(),
  /** Lots below this one, of `of`, are drawn. */
  drawnBelow: z.int(),
  of: z.int(),
  drawn: outcome,
  others: outcome,
  /** From 0 to 1, with its interval of 95 in 100 (Wilson); null where too few were decided to say. */
  share: z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Of those not drawn that still wait, how many may matter; null with the share. */
  mayMatter: z.object({ low: z.int(), high: z.int() }).nullable(),
  isIncomplete: z.boolean(),
  says: z.array(z.string()),
})

export const auditSlice = route({
  name: 'slice.counts',
  method: 'GET',
  path: '/api/audit-slice',
  summary: 'What became of referrals of the operation that rank low, drawn by lot beside the others, with an interval',
  access: 'session',
  response: z.object({ slices: z.array(sliceShape) }),
})

export const inspectRanks = route({
  name: 'ranks.inspect',
  method: 'GET',
  path: '/api/oversight/ranks',
  summary: 'For the inspector, of every agency: the audit slice, how often people disagree with ranks, lots and ledger',
  access: 'session',
  response: z.object({
    slices: z.array(sliceShape),
    disagreements: z.array(disagreementCounts.extend({ agency: z.string() })),
    /**
     * Lots of the last 90 days: how many are kept, how many the ledger has, how many of those have another lot or border now or
     * none, and how many are kept that the ledger has not.
     */
    lots: z.array(
      z.object({ agency: z.string(), kept: z.int(), inLedger: z.int(), differ: z.int(), unknown: z.int() }),
    ),
  }),
})
