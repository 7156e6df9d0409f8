import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant, threeValued } from '../shapes.ts'

export const explainHit = route({
  name: 'hits.explain',
  method: 'GET',
  path: '/api/hits/:id',
  summary: 'Why a hit is one: list, entry, distance, threshold, and which bits differ',
  access: 'session',
  params: idParams,
  response: z.object({
    id,
    referral: id,
    number: z.int(),
    file: z.int(),
    place: z.string(),
    kind: z.string(),
    value: z.string(),
    listed: z.string(),
    list: z.string(),
    publisher: z.string(),
    version: z.int(),
    entry: z.string().nullable(),
    position: z.int(),
    category: z.object({ scheme: z.string(), value: z.string() }).nullable(),
    distance: z.int(),
    threshold: z.int(),
    quality: z.int().nullable(),
    reliable: threeValued,
    /** How the picture was prepared, and how it was turned, before it was hashed: what no sender says is not said. */
    dialect: z.string(),
    variant: z.string(),
    /** For a perceptual hash: the bands that the matcher works in, each with its bits and which of them differ. */
    bands: z.array(z.object({ band: z.int(), bits: z.array(z.int()), differing: z.array(z.int()) })),
    foundAt: instant,
    withdrawn: z.boolean(),
    withdrawReason: z.string().nullable(),
    says: z.array(z.string()),
  }),
})
