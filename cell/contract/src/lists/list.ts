import { z } from 'zod'
import { route } from '../route.ts'
import { id, instant } from '../shapes.ts'

export const listVersion = z.object({
  id,
  version: z.int(),
  state: z.enum(['current', 'replaced', 'withdrawn']),
  format: z.string(),
  fileSha256: z.string(),
  records: z.int(),
  accepted: z.int(),
  remarked: z.int(),
  setAside: z.int(),
  hits: z.int(),
  /** Deliveries that changed it entry by entry, oldest first; `format` is null where a person withdrew one entry. */
  changes: z.array(
    z.object({
      number: z.int(),
      format: z.string().nullable(),
      fileSha256: z.string().nullable(),
      records: z.int(),
      setAside: z.int(),
      added: z.int(),
      withdrawn: z.int(),
      replaced: z.int(),
      loadedAt: instant,
      loadedBy: z.string(),
    }),
  ),
  loadedAt: instant,
  loadedBy: z.string(),
  endedAt: instant.nullable(),
  endReason: z.string().nullable(),
})

export const allLists = route({
  name: 'lists.all',
  method: 'GET',
  path: '/api/lists',
  summary: 'Hash lists with their versions, accounts and hits',
  access: 'session',
  response: z.object({
    lists: z.array(z.object({ id, name: z.string(), publisher: z.string(), versions: z.array(listVersion) })),
  }),
})
