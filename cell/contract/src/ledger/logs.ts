import { z } from 'zod'
import { route } from '../route.ts'
import { instant } from '../shapes.ts'

export const logWitness = z.object({
  name: z.string(),
  /** Null: it runs in this cell. */
  url: z.string().nullable(),
  /** Has it cosigned the newest checkpoint? */
  signedNewest: z.boolean(),
  /** When it cosigned last, as far as is known. */
  at: instant.nullable(),
  /** The size of the log that it cosigned last. */
  size: z.int(),
  /** Why it has not cosigned the newest checkpoint. */
  trouble: z.string().nullable(),
})

export const logs = route({
  name: 'ledger.logs',
  method: 'GET',
  path: '/api/ledger/logs',
  summary: 'The logs that this person may see: newest checkpoint, who cosigned it, what waits, which keys to believe',
  access: 'session',
  response: z.object({
    logs: z.array(
      z.object({
        agency: z.string(),
        /** In addresses: `/ledger/NAME/checkpoint`. */
        name: z.string(),
        origin: z.string(),
        size: z.int(),
        /** Hexadecimal; null before the first checkpoint, as is the note. */
        root: z.string().nullable(),
        signedAt: instant.nullable(),
        note: z.string().nullable(),
        /** The greatest size that enough witnesses have cosigned. */
        witnessedSize: z.int(),
        /** Entries written and not yet in the log. */
        waiting: z.int(),
        behindSince: instant.nullable(),
        /** Why nothing is sealed any more until somebody has looked. */
        halted: z.object({ kind: z.string(), says: z.string() }).nullable(),
        trouble: z.string().nullable(),
        keys: z.array(z.object({ name: z.string(), kind: z.string(), fingerprint: z.string(), key: z.string() })),
        witnesses: z.array(logWitness),
      }),
    ),
    /** A file of keys for `tandem verify --trust`: the policies of these logs, and who may seal bundles. */
    trust: z.string(),
  }),
})
