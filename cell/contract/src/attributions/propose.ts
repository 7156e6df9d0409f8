import { z } from 'zod'
import { route } from '../route.ts'
import { id, reason } from '../shapes.ts'
import { attributionGiven, attributionJudged } from './shapes.ts'

export const judgeAttribution = route({
  name: 'attributions.judge',
  method: 'POST',
  path: '/api/attributions/judge',
  summary: 'What an attribution would lack, each doubt by name; nothing is stored',
  access: 'session',
  body: attributionGiven,
  response: attributionJudged,
})

export const proposeAttribution = route({
  name: 'attributions.propose',
  method: 'POST',
  path: '/api/attributions',
  summary: 'Propose whose line it was: by places in records, never by a typed address or name; takes a second person',
  access: 'session',
  body: attributionGiven.extend({
    reason,
    /** Why it shall be cleared in spite of its doubts; they travel with it by name. */
    override: reason.nullable(),
  }),
  response: attributionJudged.extend({ attribution: id, says: z.string() }),
})
