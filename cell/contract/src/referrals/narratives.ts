import { z } from 'zod'
import { route } from '../route.ts'
import { idParams } from '../shapes.ts'

export const narratives = route({
  name: 'referrals.narratives',
  method: 'POST',
  path: '/api/referrals/:id/narratives',
  summary: 'Open the words of one place in a referral; counted for the person who opens them, and in the ledger',
  access: 'session',
  params: idParams,
  body: z.strictObject({ place: z.string().max(1000) }),
  response: z.object({ place: z.string(), about: z.string(), text: z.string(), openedToday: z.int() }),
})
