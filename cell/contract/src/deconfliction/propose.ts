import { z } from 'zod'
import { route } from '../route.ts'
import { id, reason } from '../shapes.ts'
import { desk, events, grid, kind } from './shapes.ts'

export const proposeRun = route({
  name: 'deconfliction.propose',
  method: 'POST',
  path: '/api/deconfliction',
  summary: 'Propose to ask another agency which entries it holds too; a second person must approve',
  access: 'session',
  body: z.strictObject({
    peer: z.string().min(1).max(128),
    kinds: z.array(kind).max(14),
    /** Only these observables of the operation; left out: all of the kinds. */
    observables: z.array(id).max(5000).optional(),
    /** Only these values, as an officer writes them; each must be mentioned in the operation. */
    values: z.array(z.string().trim().min(1).max(400)).max(500).optional(),
    events,
    grid: grid.optional(),
    purpose: reason.max(1000),
    /** Until when the other agency may answer. */
    hours: z.int().min(1).max(168),
    /** Greatest padded list of the other side, as a power of two. */
    mostHeld: z
      .int()
      .min(16)
      .max(2 ** 15),
    desk,
  }),
  response: z.object({
    run: id,
    entries: z.int(),
    /** Values that cannot be asked about, by the reason. */
    left: z.array(z.object({ says: z.string(), count: z.int() })),
  }),
})
