import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant, reason } from '../shapes.ts'
import { grantLine, grantState, lookupAudit, lookupKind, lookupLine } from './lookup-shapes.ts'
import { kind, side } from './shapes.ts'

export const allLookups = route({
  name: 'deconfliction.lookups',
  method: 'GET',
  path: '/api/deconfliction/lookups',
  summary: 'Grants of single lookups of the operation, asked for and given, and the latest lookups',
  access: 'session',
  response: z.object({
    peers: z.array(z.object({ name: z.string(), label: z.string() })),
    grants: z.array(grantLine),
    lookups: z.array(lookupLine),
    audits: z.array(lookupAudit),
  }),
})

export const lookUp = route({
  name: 'deconfliction.lookUp',
  method: 'POST',
  path: '/api/deconfliction/lookups',
  summary: 'Ask about one value under a grant: whether it is in the list of the other agency, which does not learn it',
  access: 'session',
  body: z.strictObject({ grant: id, kind: lookupKind, value: z.string().trim().min(1).max(400), reason }),
  response: lookupLine,
})

export const inspectLookups = route({
  name: 'deconfliction.inspectLookups',
  method: 'GET',
  path: '/api/deconfliction/lookups/inspection',
  summary: 'For the inspector: how much was looked up under each grant of every agency, without what was asked about',
  access: 'session',
  response: z.object({
    grants: z.array(
      z.object({
        id,
        agency: z.string(),
        operation: z.string(),
        side,
        peer: z.string(),
        state: grantState,
        kinds: z.array(kind),
        lookups: z.int(),
        size: z.int().nullable(),
        publicKey: z.string().nullable(),
        /** Answered here, where this side answers. */
        answered: z.int(),
        /** Asked here, where this side asks: all, those that were held, without an answer, and of no referral. */
        asked: z.int(),
        held: z.int(),
        unanswered: z.int(),
        notInRecord: z.int(),
        at: instant,
        expiresAt: instant,
      }),
    ),
    audits: z.array(lookupAudit),
  }),
})

export const askLookupAudit = route({
  name: 'deconfliction.askLookupAudit',
  method: 'POST',
  path: '/api/deconfliction/grants/:id/audit',
  summary: 'For the inspector: ask an agency to open lookups under one of its grants, drawn at random',
  access: 'session',
  params: idParams,
  body: z.strictObject({ count: z.int().min(1).max(1000) }),
  response: z.object({ audit: id, drawn: z.int() }),
})

export const openLookupAudit = route({
  name: 'deconfliction.openLookupAudit',
  method: 'POST',
  path: '/api/deconfliction/lookups/audits/:id/open',
  summary: 'Open the lookups that were drawn: each is held against what left, and against the agency’s own records',
  access: 'session',
  params: idParams,
  response: z.object({
    audit: lookupAudit,
    /** For the officer who opens, and whoever sits beside: not kept. */
    shown: z.array(
      z.object({ number: z.int(), kind: z.string(), value: z.string(), reason: z.string(), inRecord: z.boolean() }),
    ),
  }),
})
