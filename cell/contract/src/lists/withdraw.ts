import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'

export const withdrawList = route({
  name: 'lists.withdraw',
  method: 'POST',
  path: '/api/lists/:id/withdraw',
  summary: 'Withdraw every version of a list; each hit on it is marked at once and its referral ranked again',
  access: 'session',
  params: idParams,
  body: z.strictObject({ reason }),
  response: z.object({ list: id, versions: z.int(), hits: z.int(), referrals: z.int() }),
})
