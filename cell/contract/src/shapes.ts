import { z } from 'zod'

export const id = z.uuid()
export const instant = z.iso.datetime()
export const priority = z.enum(['P1', 'P2', 'P3'])
export const threeValued = z.enum(['yes', 'no', 'not said'])
export const itemState = z.enum(['open', 'taken', 'held', 'merged', 'declined', 'closed', 'folded'])
export const reason = z.string().trim().min(3).max(4000)
export const idParams = z.strictObject({ id })

/** Every change names the version it was decided on: two officers cannot overwrite each other unseen. */
export const version = z.int().positive()

export const timeClaim = z.object({
  original: z.string(),
  instant: instant.nullable(),
  zone: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stated'), offset: z.string() }),
    z.object({ kind: z.literal('assumed'), offset: z.string(), because: z.string() }),
    z.object({ kind: z.literal('unknown') }),
  ]),
  candidates: z.array(z.string()),
})

export const remark = z.object({ code: z.string(), place: z.string(), says: z.string() })

export const factor = z.object({
  factor: z.string(),
  says: z.string(),
  axis: z.enum(['child urgency', 'offender danger']),
  value: threeValued,
  /** Hundredths of log-odds; they add up exactly to the axis. */
  contribution: z.int(),
  evidence: z.array(z.object({ place: z.string(), quote: z.string().optional() })),
  gate: z.enum(['P1', 'P2']).optional(),
  /** Set when the factor gave less than it would alone. */
  reduced: z.object({ from: z.int(), because: z.string() }).optional(),
})

/** The one shape of a failure. */
export const problem = z.object({
  code: z.string(),
  message: z.string(),
  detail: z.string().optional(),
  reference: z.string(),
})
export type Problem = z.output<typeof problem>
