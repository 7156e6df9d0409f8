import { z } from 'zod'
import { route } from '../route.ts'
import { idParams } from '../shapes.ts'

/** More than an officer reads at once is not opened at once. */
export const mostOpenedAtOnce = 50

export const narratives = route({
  name: 'referrals.narratives',
  method: 'POST',
  path: '/api/referrals/:id/narratives',
  summary: 'Open the words of places in a referral; each counted for the person who opens them, and in the ledger',
  access: 'session',
  params: idParams,
  body: z.strictObject({ places: z.array(z.string().max(1000)).min(1).max(mostOpenedAtOnce) }),
  response: z.object({
    words: z.array(
      z.object({
        place: z.string(),
        about: z.string(),
        text: z.string(),
        /** Identifiers in the text, by UTF-16 code units; they may overlap. */
        found: z.array(
          z.object({
            start: z.int(),
            end: z.int(),
            kind: z.string(),
            normal: z.string(),
            strength: z.string(),
            because: z.string(),
            looksLike: z.string().nullable(),
          }),
        ),
      }),
    ),
    openedToday: z.int(),
  }),
})
