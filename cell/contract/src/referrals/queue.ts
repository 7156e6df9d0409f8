import { z } from 'zod'
import { direction } from '../learning/disagree.ts'
import { route } from '../route.ts'
import { id, instant, itemState, priority } from '../shapes.ts'

/** A row of the queue: facts, never words of the report. */
export const queueItem = z.object({
  id,
  number: z.int(),
  version: z.int(),
  state: itemState,
  takenBy: id.nullable(),
  heldUntil: instant.nullable(),
  sender: z.string(),
  format: z.string(),
  reference: z.string().nullable(),
  incidentKind: z.string().nullable(),
  receivedAt: instant,
  actBy: instant.nullable(),
  priority: z.object({
    effective: priority,
    declared: priority.nullable(),
    computed: priority,
    confirmed: priority.nullable(),
  }),
  /** Hundredths of log-odds. */
  childUrgency: z.int(),
  offenderDanger: z.int(),
  because: z.string(),
  /** Drawn by lot, to be looked at whatever its rank: the audit slice. The rank did not bring it here, and does not move. */
  byLot: z.boolean(),
  /** The number of the score that put it here. */
  score: z.int(),
  /** What the person who reads said of that score. */
  disagreed: direction.nullable(),
  people: z.int(),
  files: z.int(),
  hits: z.int(),
  folded: z.int(),
  remarks: z.int(),
  unread: z.enum(['new', 'changed', 'read']),
  safeguarding: z.enum(['none', 'open', 'overdue', 'closed']),
})

export const views = z.enum(['queue', 'mine', 'held', 'ended', 'all'])

export const queue = route({
  name: 'referrals.queue',
  method: 'GET',
  path: '/api/referrals',
  summary: 'The triage queue in its order',
  access: 'session',
  query: z.strictObject({
    view: views.default('queue'),
    priority: priority.optional(),
    /** Only what was drawn by lot: the audit slice. */
    lot: z.literal('drawn').optional(),
    after: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  response: z.object({
    items: z.array(queueItem),
    /** Ask again with `after` for the next part; null at the end. */
    next: z.string().nullable(),
    counts: z.object({
      queue: z.int(),
      mine: z.int(),
      held: z.int(),
      ended: z.int(),
      P1: z.int(),
      P2: z.int(),
      P3: z.int(),
      /** Of those in the queue, drawn by lot. */
      byLot: z.int(),
    }),
  }),
})
