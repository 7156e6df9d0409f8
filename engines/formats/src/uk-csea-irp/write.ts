import type { Report, UkCseaIrpDocument } from './shape.ts'
import { profile } from './shape.ts'

/** One report is written as `report`, several as `reports` with their count. Always the same bytes for the same input. */
export function writeUkCseaIrp(reports: readonly Report[], note?: string): Uint8Array {
  const [only] = reports
  const body = reports.length === 1 && only !== undefined ? { report: only } : { reportCount: reports.length, reports }
  const document: UkCseaIrpDocument = { profile, ...(note === undefined ? {} : { note }), ...body }
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`)
}
