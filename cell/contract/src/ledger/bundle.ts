import { z } from 'zod'
import { route } from '../route.ts'
import { id } from '../shapes.ts'

export const bundle = route({
  name: 'ledger.bundle',
  method: 'POST',
  path: '/api/ledger/bundle',
  summary: 'A sealed file with entries and their proofs that a stranger checks offline; the export is an entry itself',
  access: 'session',
  body: z.strictObject({
    entries: z.array(id).min(1).max(1000),
    /** What it is about, for its reader. It stands in the file and nowhere else. */
    about: z.string().trim().min(1).max(500),
  }),
  response: z.object({
    /** Exactly these characters are the file. */
    file: z.string(),
    /** For `--trust`; hand it over by another way than the file. */
    trust: z.string(),
    records: z.int(),
    /** Not in a cosigned checkpoint yet: ask again in a moment. */
    notYet: z.array(id),
    /** Not there, or not for this person. */
    notFound: z.array(id),
  }),
})
