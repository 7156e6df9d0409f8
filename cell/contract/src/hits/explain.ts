import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams } from '../shapes.ts'
import { hit } from './hit.ts'

export const explainHit = route({
  name: 'hits.explain',
  method: 'GET',
  path: '/api/hits/:id',
  summary: 'Why a hit is one: list, entry, distance, threshold, and which bits differ',
  access: 'session',
  params: idParams,
  response: z.object({
    ...hit.shape,
    referral: id,
    number: z.int(),
    listed: z.string(),
    position: z.int(),
    /** How the picture was prepared, and how it was turned, before it was hashed: what no sender says is not said. */
    dialect: z.string(),
    variant: z.string(),
    /** For a perceptual hash: the bands that the matcher works in, each with its bits and which of them differ. */
    bands: z.array(z.object({ band: z.int(), bits: z.array(z.int()), differing: z.array(z.int()) })),
    says: z.array(z.string()),
  }),
})
