import { z } from 'zod'
import { route } from '../route.ts'
import { idParams } from '../shapes.ts'
import { audit, kind, release, runLine } from './shapes.ts'

export const showRun = route({
  name: 'deconfliction.show',
  method: 'GET',
  path: '/api/deconfliction/:id',
  summary: 'One deconfliction run: terms, progress, result, hits, releases and audits',
  access: 'session',
  params: idParams,
  response: z.object({
    run: runLine,
    grid: z.object({ reachMetres: z.number(), slotMinutes: z.number() }).nullable(),
    /** Of a request that was received: who asked and who approved, as the other agency refers to them; no names. */
    theirPeople: z.array(z.object({ reference: z.string(), role: z.string() })),
    desk: z.string().nullable(),
    /** Why a person of this side approved, accepted or refused: their own words, for this side alone. */
    decision: z.string().nullable(),
    /** Own commitment in the own ledger. */
    commitment: z.object({ size: z.int(), root: z.string(), run: z.string() }).nullable(),
    /** Own entries that the other side holds too; `referral` is the latest that mentions it. */
    hits: z.array(z.object({ reference: z.string(), kind, shown: z.string(), referral: z.int().nullable() })),
    releases: z.array(release),
    audits: z.array(audit),
  }),
})
