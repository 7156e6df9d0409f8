import { z } from 'zod'
import { route } from '../route.ts'
import { id, remark } from '../shapes.ts'

export const loadList = route({
  name: 'lists.load',
  method: 'POST',
  path: '/api/lists',
  summary: 'Load a list file, all or nothing, as the new current version; referrals held are matched again',
  access: 'session',
  query: z.strictObject({
    name: z.string().trim().min(1).max(200),
    publisher: z.string().trim().min(1).max(200),
    /** For a CSV list: whose categories its category column holds. A number means nothing without its scheme. */
    categoryScheme: z.string().trim().min(1).max(60).optional(),
    /** For a CSV list: what 64 hexadecimal characters in an unnamed hash column are. */
    sixtyFour: z.enum(['sha256', 'pdq']).optional(),
  }),
  body: 'stream',
  response: z.object({
    list: id,
    version: z.int(),
    format: z.string(),
    account: z.object({ records: z.int(), accepted: z.int(), remarked: z.int(), setAside: z.int() }),
    setAside: z.array(remark),
    /** The same file was loaded before: nothing changed. */
    unchanged: z.boolean(),
  }),
})
