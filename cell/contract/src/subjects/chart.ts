import { z } from 'zod'
import { route } from '../route.ts'
import { id } from '../shapes.ts'

export const chartNode = z.object({
  /** `subject/`, `value/` or `referral/` and the id. */
  id: z.string(),
  kind: z.string(),
  label: z.string(),
  /** How many it is linked with in all, as far as this officer may see. */
  links: z.int(),
  /** Many share it: it joins nobody. */
  aside: z.boolean(),
  /** Of a subject: the roles in which reports tell of it. */
  toldAs: z.array(z.string()).optional(),
})

/** `payment` goes from who paid to who was paid; `shared-payment` says that two have one means of payment in common. */
export const chartEdgeKind = z.enum([
  'same-account',
  'same-device',
  'household',
  'contact',
  'shared-file',
  'payment',
  'shared-payment',
  'mentions',
])

export const chartEdge = z.object({
  from: z.string(),
  to: z.string(),
  kind: chartEdgeKind,
  label: z.string(),
})

export const chartAround = route({
  name: 'subjects.chart',
  method: 'GET',
  path: '/api/chart/:kind/:id',
  summary:
    'What stands around a subject, a value or a referral, ties to other subjects among it: for the link chart, step by step',
  access: 'session',
  params: z.strictObject({ kind: z.enum(['subject', 'value', 'referral']), id }),
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(500).default(100),
    /** Kinds of edges to follow, parted by commas; without it every kind. */
    kinds: z
      .string()
      .max(200)
      .regex(/^[a-z-]+(?:,[a-z-]+)*$/)
      .optional(),
  }),
  response: z.object({
    nodes: z.array(chartNode),
    edges: z.array(chartEdge),
    /** Neighbours beyond the limit: they are counted, not drawn. */
    leftOut: z.int(),
    /** By which links they hang on what is drawn. */
    leftOutBy: z.array(z.object({ kind: chartEdgeKind, links: z.int() })),
  }),
})
