import { z } from 'zod'
import { route } from '../route.ts'
import { id, remark } from '../shapes.ts'

export const loadList = route({
  name: 'lists.load',
  method: 'POST',
  path: '/api/lists',
  summary: 'Load a list file, all or nothing, as a new version or as changes; referrals held are matched again',
  access: 'session',
  query: z.strictObject({
    name: z.string().trim().min(1).max(200),
    publisher: z.string().trim().min(1).max(200),
    /** For a CSV list: whose categories its category column holds. A number means nothing without its scheme. */
    categoryScheme: z.string().trim().min(1).max(60).optional(),
    /** For a CSV list: what 64 hexadecimal characters in an unnamed hash column are. */
    sixtyFour: z.enum(['sha256', 'pdq']).optional(),
    /** For a page of NCMEC Hash Sharing: which environment it is of; the page does not say. */
    environment: z.string().trim().min(1).max(60).optional(),
    /** For a CSV list: the saved profile to read it by. */
    profile: z.string().trim().min(1).max(200).optional(),
    /** `whole` replaces what is in force, `changes` adds to it and withdraws from it; usual is what the format is. */
    mode: z.enum(['whole', 'changes']).optional(),
  }),
  body: 'stream',
  response: z.object({
    list: id,
    version: z.int(),
    format: z.string(),
    account: z.object({ records: z.int(), accepted: z.int(), remarked: z.int(), setAside: z.int() }),
    setAside: z.array(remark),
    /** Of the file as a whole: that a further page follows, that counts differ. */
    remarks: z.array(remark),
    /** What the file changed in the version in force; null where it made a new version. */
    changes: z.object({ number: z.int(), added: z.int(), withdrawn: z.int(), replaced: z.int() }).nullable(),
    /** The same file was loaded before: nothing changed. */
    unchanged: z.boolean(),
  }),
})
