import { z } from 'zod'
import { route } from '../route.ts'
import { instant, priority } from '../shapes.ts'
import { subjectName, subjectReason } from './shapes.ts'

export const rankedSubject = z.object({
  ...subjectName.shape,
  priority,
  /** Hundredths: the exact sum of its reasons. */
  rank: z.int(),
  childUrgency: z.int(),
  offenderDanger: z.int(),
  appearances: z.int(),
  reported: z.int(),
  /** The heaviest reasons, before the number. */
  reasons: z.array(subjectReason),
  gates: z.array(z.string()),
  changedAt: instant,
  unread: z.enum(['new', 'changed', 'read']),
})

export const rankedSubjects = route({
  name: 'subjects.ranked',
  method: 'GET',
  path: '/api/subjects',
  summary: 'People who were reported, the most pressing first, with the reasons for each place',
  access: 'session',
  query: z.strictObject({
    /** `linked`: only those of whom several referrals tell. */
    view: z.enum(['all', 'linked']).default('all'),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({
    subjects: z.array(rankedSubject),
    next: z.string().nullable(),
    counts: z.object({ all: z.int(), linked: z.int() }),
  }),
})
