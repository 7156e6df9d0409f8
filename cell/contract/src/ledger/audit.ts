import { z } from 'zod'
import { route } from '../route.ts'
import { id } from '../shapes.ts'

export const audit = route({
  name: 'ledger.audit',
  method: 'GET',
  path: '/api/ledger/audit',
  summary:
    'Compare database, tiles, checkpoints and witnesses entry by entry; rollback, fork, edit, deletion, swap are named',
  access: 'session',
  response: z.object({
    logs: z.array(
      z.object({
        agency: z.string(),
        name: z.string(),
        /** Entries compared one by one. */
        entries: z.int(),
        findings: z.array(
          z.object({ kind: z.string(), at: z.int().nullable(), count: z.int().nullable(), says: z.string() }),
        ),
        openings: z.object({
          /** Openings that this person may read, each compared with its leaf. */
          checked: z.int(),
          /** Entries whose opening does not fit its leaf; at most the first hundred. */
          broken: z.array(id),
        }),
      }),
    ),
  }),
})
