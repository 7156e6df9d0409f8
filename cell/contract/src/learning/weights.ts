import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant, priority, reason } from '../shapes.ts'

const weightSetName = z.string().regex(/^[a-z0-9][a-z0-9.-]{2,59}$/)

/** What a weight set would change in the open queue: every referral replayed is in one of the four. */
const replayCounts = z.object({
  /** Replayed, of so many in the open queue. */
  cases: z.int(),
  open: z.int(),
  raised: z.int(),
  lowered: z.int(),
  shifted: z.int(),
  unchanged: z.int(),
})

export const weightProposal = z.object({
  id,
  weightSet: z.string(),
  basedOn: z.string(),
  origin: z.enum(['choices', 'file']),
  /** Of the set as canonical JSON. */
  sha256: z.string(),
  points: z.array(z.object({ factor: z.string(), axis: z.string(), was: z.int(), yes: z.int() })),
  /** Whatever else differs: thresholds, caps, clocks, steps, whole factors. */
  others: z.array(z.string()),
  why: z.string(),
  choices: z.int(),
  agreed: z.object({ before: z.int(), after: z.int() }),
  replay: replayCounts,
  by: z.string(),
  at: instant,
})

export const allWeights = route({
  name: 'weights.list',
  method: 'GET',
  path: '/api/weights',
  summary:
    'The weight set in force, how many choices there are to learn from, and what was proposed; none of it is in force',
  access: 'session',
  response: z.object({
    current: z.object({ id: z.string(), declaration: z.string(), sha256: z.string() }),
    choices: z.object({ chosen: z.int(), cannotSay: z.int(), people: z.int() }),
    proposals: z.array(weightProposal),
  }),
})

export const showWeights = route({
  name: 'weights.show',
  method: 'GET',
  path: '/api/weights/:id',
  summary: 'One proposed weight set, whole, as canonical JSON',
  access: 'session',
  params: idParams,
  response: z.object({ proposal: weightProposal, weights: z.string() }),
})

export const proposeWeightSet = route({
  name: 'weights.propose',
  method: 'POST',
  path: '/api/weights',
  summary: 'Propose a weight set, learned from choices or written by hand, with a replay; nothing puts it in force',
  access: 'session',
  body: z.discriminatedUnion('from', [
    z.strictObject({ from: z.literal('choices'), name: weightSetName, why: reason.optional() }),
    z.strictObject({ from: z.literal('file'), weights: z.record(z.string(), z.unknown()), why: reason }),
  ]),
  response: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('proposed'),
      proposal: id,
      weightSet: z.string(),
      says: z.string(),
      replay: replayCounts,
    }),
    /** The choices do not carry a change; `says` tells why. Nothing was stored. */
    z.object({ outcome: z.literal('nothing'), says: z.string(), choices: z.int() }),
  ]),
})

const moved = z.object({
  referral: id,
  number: z.int(),
  /** The priority that stands: only a person lowers it, whatever a weight set computes. */
  effective: priority,
  priority: z.object({ from: priority, to: priority }),
  childUrgency: z.object({ from: z.int(), to: z.int() }),
  offenderDanger: z.object({ from: z.int(), to: z.int() }),
})

export const replayWeightSet = route({
  name: 'weights.replay',
  method: 'GET',
  path: '/api/weights/:id/replay',
  summary:
    'What a proposed weight set would change in the open queue as it is now: what rises, falls, shifts; nothing moves',
  access: 'session',
  params: idParams,
  response: z.object({
    weightSet: z.string(),
    against: z.string(),
    at: instant,
    counts: replayCounts,
    /** At most 500 of each, in the order of the queue. */
    raised: z.array(moved),
    lowered: z.array(moved),
    shifted: z.array(moved),
  }),
})
