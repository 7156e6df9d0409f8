import { z } from 'zod'

/** What people wrote for a run: sealed as a whole. */
const terms = z.object({
  operation: z.string(),
  authority: z.string(),
  purpose: z.string(),
  grid: z.object({ reachMetres: z.number(), slotMinutes: z.number() }).nullable().default(null),
  /** Who asked and who approved on the other side, as it refers to them. */
  approvals: z.array(z.object({ person: z.string(), role: z.string() })).default([]),
})
export type Terms = z.input<typeof terms>

export const termsText = (value: Terms): string => JSON.stringify(value)
export const termsOf = (text: string): z.output<typeof terms> => terms.parse(JSON.parse(text))
