import { z } from 'zod'
import { route } from '../route.ts'
import { id } from '../shapes.ts'
import { linkShape } from './shapes.ts'

export const explainPair = route({
  name: 'subjects.link',
  method: 'GET',
  path: '/api/links/:one/:other',
  summary: 'Why two appearances are, or are not, taken for one person: every line for and against',
  access: 'session',
  params: z.strictObject({ one: id, other: id }),
  response: z.object({
    /** Null: they share nothing, so nothing was compared. */
    link: linkShape.nullable(),
    sameSubject: z.boolean(),
    inWords: z.string(),
  }),
})
