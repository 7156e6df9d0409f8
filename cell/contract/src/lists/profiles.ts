import { z } from 'zod'
import { route } from '../route.ts'
import { instant } from '../shapes.ts'

const name = z.string().trim().min(1).max(200)

export const saveListProfile = route({
  name: 'lists.saveProfile',
  method: 'POST',
  path: '/api/lists/profiles',
  summary: 'Save how the hash CSV of one sender is read; a name that is there gets a further version',
  access: 'session',
  /** The profile is checked by the reader that it is for. */
  body: z.strictObject({ name, profile: z.unknown() }),
  response: z.object({ name: z.string(), version: z.int() }),
})

export const listProfiles = route({
  name: 'lists.profiles',
  method: 'GET',
  path: '/api/lists/profiles',
  summary: 'Saved profiles of hash CSV, the latest of each name',
  access: 'session',
  response: z.object({
    profiles: z.array(
      z.object({ name: z.string(), version: z.int(), profile: z.unknown(), savedAt: instant, savedBy: z.string() }),
    ),
  }),
})
