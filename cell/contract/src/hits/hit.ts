import { z } from 'zod'
import { id, instant, threeValued } from '../shapes.ts'

/** A file of a referral on a list. */
export const hit = z.object({
  id,
  file: z.int(),
  kind: z.string(),
  value: z.string(),
  place: z.string(),
  list: z.string(),
  publisher: z.string(),
  version: z.int(),
  entry: z.string().nullable(),
  category: z.object({ scheme: z.string(), value: z.string() }).nullable(),
  distance: z.int(),
  threshold: z.int(),
  quality: z.int().nullable(),
  reliable: threeValued,
  foundAt: instant,
  /** On a version that a newer one has replaced: it counts for nothing unless the newer one has it too. */
  replaced: z.boolean(),
  withdrawn: z.boolean(),
  withdrawReason: z.string().nullable(),
  /** What the publisher and others say of the entry, where the list carries it. */
  note: z.string().nullable(),
})
