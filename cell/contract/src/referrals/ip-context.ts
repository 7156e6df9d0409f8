import { z } from 'zod'

const file = z.object({ name: z.string(), sha256: z.string() })

/** Whether it is meaningful to ask the provider of an address for its customer, and why. It gates nothing. */
export const ipContext = z.object({
  meaningful: z.enum(['yes', 'no', 'only with more']),
  /** To be read out. */
  sentence: z.string(),
  reasons: z.array(z.object({ code: z.string(), weighs: z.enum(['no', 'more', 'note']), says: z.string() })),
  /** A block of the special-purpose registries. */
  range: z.object({ block: z.string(), name: z.string(), source: z.string() }).nullable(),
  tor: z
    .object({
      verdict: z.enum([
        'exit',
        'relay-not-exit',
        'relay-exit-not-said',
        'nearby',
        'no',
        'no-data',
        'depends',
        'refused',
      ]),
      says: z.string(),
      /** To the consensus that decides; null when several readings of the time were judged, or none decides. */
      minutes: z.int().nullable(),
      lacks: z.array(z.string()),
      files: z.array(file),
    })
    .nullable(),
  lists: z.array(
    z.object({ kind: z.string(), list: z.string(), range: z.string(), date: z.string().nullable(), file }),
  ),
  databases: z.array(z.object({ type: z.string(), built: z.string(), network: z.string(), file })),
})
