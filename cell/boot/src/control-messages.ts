import { deliveryShape, problem, receipt } from '@tandem/contract'
import { z } from 'zod'

/** What the running cell tells its own operating-system user. */
export const statusShape = z.object({
  cell: z.string(),
  name: z.string(),
  mode: z.enum(['training', 'live']),
  version: z.string(),
  url: z.string(),
  pid: z.int(),
  dataFolder: z.string(),
  database: z.string(),
  startedAt: z.string(),
  agencies: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
})
export type CellStatus = z.output<typeof statusShape>

const setAside = z.object({ place: z.string(), code: z.string(), says: z.string() })

export const readOutcomeShape = z.object({
  state: deliveryShape.shape.state,
  format: z.string().nullable(),
  account: deliveryShape.shape.account,
  reason: deliveryShape.shape.reason,
  setAside: z.array(setAside),
})
export type ReadOutcome = z.output<typeof readOutcomeShape>

/** One JSON object a line: the receipt the moment it is due, then what reading gave. */
export const intakeStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('received'), agency: z.string(), sender: z.string(), receipt }),
  z.object({ step: z.literal('read'), outcome: readOutcomeShape }),
  /** On disk, but not read within the time that the client would wait. */
  z.object({ step: z.literal('waiting') }),
  z.object({ step: z.literal('problem'), problem }),
])
export type IntakeStep = z.output<typeof intakeStep>

export const tableDigest = z.object({
  table: z.string(),
  rows: z.int(),
  bytes: z.int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type TableDigest = z.output<typeof tableDigest>

export const backupReport = z.object({
  folder: z.string(),
  physical: z.boolean(),
  files: z.int(),
  bytes: z.int(),
  tables: z.array(tableDigest),
})
export type BackupReport = z.output<typeof backupReport>

export const backupStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('progress'), what: z.string() }),
  z.object({ step: z.literal('done'), report: backupReport }),
  z.object({ step: z.literal('failed'), says: z.string() }),
])
export type BackupStep = z.output<typeof backupStep>
