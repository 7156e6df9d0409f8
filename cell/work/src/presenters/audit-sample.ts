import type { Row } from '@tandem/store'
import { z } from 'zod'

const result = z.object({
  opened: z.int(),
  filling: z.int(),
  known: z.int(),
  findings: z.array(z.object({ place: z.int(), is: z.enum(['not-committed', 'another', 'invented', 'canary']) })),
  entries: z.array(z.object({ place: z.int(), kind: z.string(), inRecord: z.boolean() })),
})
export type SampleResult = z.output<typeof result>
export const samplePlaces = z.array(z.int().min(0))

export const presentAudit = (row: Row<'deconfliction/audits'>) => ({
  id: row.audit_id,
  run: row.run_id,
  places: samplePlaces.parse(row.places).length,
  askedAt: row.asked_at,
  openedAt: row.opened_at,
  result: row.result === null ? null : result.parse(row.result),
})
