import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant } from '../shapes.ts'
import { audit, kind, runState, side } from './shapes.ts'

export const inspectRuns = route({
  name: 'deconfliction.inspect',
  method: 'GET',
  path: '/api/deconfliction/inspection',
  summary: 'For the inspector: the runs of every agency without what was asked about, and the audits of them',
  access: 'session',
  response: z.object({
    runs: z.array(
      z.object({
        id,
        agency: z.string(),
        operation: z.string(),
        side,
        peer: z.string(),
        state: runState,
        kinds: z.array(kind),
        size: z.int().nullable(),
        hits: z.int().nullable(),
        at: instant,
        endedAt: instant.nullable(),
      }),
    ),
    audits: z.array(audit),
  }),
})

export const askAudit = route({
  name: 'deconfliction.askAudit',
  method: 'POST',
  path: '/api/deconfliction/:id/audit',
  summary: 'For the inspector: ask an agency to open a random sample of a list that it committed to',
  access: 'session',
  params: idParams,
  body: z.strictObject({ count: z.int().min(1).max(1000) }),
  response: z.object({ audit: id, places: z.int() }),
})

export const openAudit = route({
  name: 'deconfliction.openAudit',
  method: 'POST',
  path: '/api/deconfliction/audits/:id/open',
  summary: 'Open the sample: each place is held against the commitment and against the agency’s own records',
  access: 'session',
  params: idParams,
  response: z.object({
    audit,
    /** For the officer who opens, and whoever sits beside: not kept. */
    shown: z.array(z.object({ place: z.int(), kind: z.string(), value: z.string(), referrals: z.array(z.int()) })),
  }),
})
