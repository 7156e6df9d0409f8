import { deliveryShape, problem, receipt } from '@tandem/contract'
import { z } from 'zod'
import { modulePlace } from './keys/module-place.ts'

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

/** A copy of the keys that was made, and when it was last renewed. */
export const keyCopy = z.object({ place: z.string(), at: z.string() })

const holders = z.object({ threshold: z.int(), officers: z.array(z.string()).readonly() })

/** What anybody on the machine may know of an agency's keys. */
export const keyStateShape = z.object({
  agency: z.string(),
  name: z.string(),
  state: z.enum(['open', 'sealed', 'open for some records']),
  holder: z.enum(['this machine', 'officers']),
  threshold: z.int().nullable(),
  officers: z.array(z.string()).readonly(),
  module: z.string().nullable(),
  given: z.array(z.string()).readonly(),
  missing: z.int(),
  newShares: holders.nullable(),
  rotation: z.int(),
  openUntil: z.string().nullable(),
  underReview: z.string().nullable(),
})

export const keyAnswer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('states'), states: z.array(keyStateShape), copies: z.array(keyCopy) }),
  z.object({
    answer: z.literal('share'),
    officer: z.string(),
    missing: z.int(),
    opened: z.boolean(),
    adopted: z.boolean(),
  }),
  z.object({ answer: z.literal('sealed'), agency: z.string() }),
  z.object({ answer: z.literal('rotated'), agency: z.string(), rotation: z.int(), rewrapped: z.int() }),
  z.object({
    answer: z.literal('shares'),
    agency: z.string(),
    threshold: z.int(),
    shares: z.array(
      z.object({
        opens: z.enum(['records', 'break-glass']),
        agency: z.string(),
        officer: z.string(),
        share: z.string(),
      }),
    ),
  }),
  z.object({
    answer: z.literal('opened'),
    agency: z.string(),
    opening: z.string(),
    records: z.int(),
    until: z.string(),
    officers: z.array(z.string()),
  }),
  z.object({ answer: z.literal('refused'), says: z.string() }),
])
export type KeyAnswer = z.output<typeof keyAnswer>

export const keyQuestion = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('states') }),
  z.strictObject({ ask: z.literal('share'), agency: z.string().nullable(), share: z.string().max(2_000) }),
  z.strictObject({ ask: z.literal('seal'), agency: z.string().nullable() }),
  z.strictObject({
    ask: z.literal('rotate'),
    agency: z.string().nullable(),
    operations: z.boolean(),
    shares: z.array(z.string().max(2_000)).max(255),
  }),
  z.strictObject({
    ask: z.literal('new shares'),
    agency: z.string().nullable(),
    threshold: z.int(),
    officers: z.array(z.string().trim().min(2).max(120)).max(255),
    /** Of the present officers: nobody but they hands the root on. */
    shares: z.array(z.string().max(2_000)).max(255),
    /** The hardware module that is to hold the root from now on, with the PIN of its token. */
    module: modulePlace
      .omit({ key: true })
      .extend({ pin: z.string().min(4).max(255) })
      .optional(),
  }),
  z.strictObject({
    ask: z.literal('break-glass'),
    agency: z.string(),
    with: z.string(),
    numbers: z.array(z.int().positive()).min(1).max(100),
    reason: z.string().max(2_000),
    minutes: z.int(),
    shares: z.array(z.string().max(2_000)).max(510),
  }),
])
export type KeyQuestion = z.output<typeof keyQuestion>

/** Kinds that deliver from outside; the cell itself is a sender too, and has no key. */
export const senderKinds = ['provider', 'clearing house', 'hotline', 'force', 'partner'] as const

const ofAgency = { agency: z.string().nullable() }
const ofSender = { ...ofAgency, sender: z.string().trim().min(2).max(200) }
export const senderQuestion = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('senders'), ...ofAgency }),
  /** A sender of a new name is added, of that kind; one that is there gets a new key. */
  z.strictObject({ ask: z.literal('key'), ...ofSender, kind: z.enum(senderKinds) }),
  z.strictObject({ ask: z.literal('revoke'), ...ofSender }),
])
export type SenderQuestion = z.output<typeof senderQuestion>

export const senderAnswer = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('senders'),
    agency: z.string(),
    senders: z.array(z.object({ name: z.string(), kind: z.string(), hasKey: z.boolean() })),
  }),
  z.object({
    answer: z.literal('key'),
    agency: z.string(),
    sender: z.string(),
    kind: z.string(),
    replaced: z.boolean(),
    key: z.string(),
  }),
  z.object({ answer: z.literal('revoked'), agency: z.string(), sender: z.string() }),
  z.object({ answer: z.literal('refused'), says: z.string() }),
])
export type SenderAnswer = z.output<typeof senderAnswer>

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
  sealedBytes: z.int(),
  recipients: z.int(),
})
export type BackupReport = z.output<typeof backupReport>

export const backupStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('progress'), what: z.string() }),
  z.object({ step: z.literal('done'), report: backupReport }),
  z.object({ step: z.literal('failed'), says: z.string() }),
])
export type BackupStep = z.output<typeof backupStep>
