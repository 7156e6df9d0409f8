import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'

export const withdrawEntry = route({
  name: 'lists.withdrawEntry',
  method: 'POST',
  path: '/api/lists/:id/withdraw-entry',
  summary: 'Withdraw one entry of the version in force; each hit on it is marked at once and its referral ranked again',
  access: 'session',
  params: idParams,
  body: z.strictObject({
    /** The publisher's id of the entry, as a hit shows it. */
    entry: z.string().trim().min(1).max(1000),
    reason,
  }),
  response: z.object({ list: id, version: z.int(), entries: z.int(), hits: z.int(), referrals: z.int() }),
})
