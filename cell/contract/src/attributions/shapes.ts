import { z } from 'zod'
import { id, instant, threeValued, timeClaim } from '../shapes.ts'

const index = z.int().min(0).max(1_000_000)

/** The use of an address, by its place in a referral. There is no field for an address: none can be typed. */
export const addressUse = z.strictObject({ referral: id, person: index, event: index })

/** The record of a provider's answer, and which of its values are copied. */
export const answerPlace = z.strictObject({
  referral: id,
  person: index,
  /** Which of the names of that person, and which of the postal addresses. */
  name: index.nullable(),
  address: index.nullable(),
})

export const lineGiven = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('other answer'), referral: id, person: index }),
  z.strictObject({ kind: z.literal('other address use'), referral: id, person: index, event: index }),
  z.strictObject({ kind: z.literal('account in the name'), referral: id, person: index }),
  z.strictObject({
    kind: z.literal('observation'),
    /** Of the record outside the cell where it is written down. */
    reference: z.string().trim().min(3).max(400),
    /** Whether it is of the very person whom the answer names. */
    samePerson: threeValued,
  }),
])

export const checksGiven = z.strictObject({
  sharedPremises: threeValued,
  otherUsers: threeValued,
  addressTranslation: threeValued,
  anonymiser: threeValued,
})

/** All that an attribution rests on: places in records, and what an officer found out. */
export const attributionGiven = z.strictObject({
  use: addressUse,
  answer: answerPlace.nullable(),
  lines: z.array(lineGiven).max(10),
  checks: checksGiven,
})

export const doubtShape = z.object({
  code: z.string(),
  says: z.string(),
  /** It cannot be passed over, with whatever reason. */
  bars: z.boolean(),
})

const use = z.object({
  person: z.int(),
  event: z.int(),
  address: z.string(),
  port: z.int().nullable(),
  time: timeClaim.nullable(),
  happened: z.string().nullable(),
  place: z.string(),
})
const attributed = z.object({ name: z.string().nullable(), address: z.string().nullable(), place: z.string() })

export const attributionJudged = z.object({
  /** Doubts before anything else. */
  doubts: z.array(doubtShape),
  clear: z.boolean(),
  use,
  attributed: attributed.nullable(),
})

export const attributionShape = z.object({
  id,
  referral: id,
  number: z.int(),
  /** Doubts before anything else: as they were when it was proposed, and they stay. */
  doubts: z.array(doubtShape),
  /** An error record was opened against it: it must not be acted on. */
  inError: z.boolean(),
  state: z.enum(['proposed', 'cleared', 'cleared with doubts', 'refused']),
  /** While it waits: whether it would be judged otherwise now. It cannot be cleared then. */
  stale: z.boolean(),
  inWords: z.string(),
  /** Null: erased by law. */
  use: use.nullable(),
  attributed: attributed.nullable(),
  answer: z.object({ referral: id, number: z.int(), person: z.int() }).nullable(),
  lines: z.array(
    z.object({
      kind: z.string(),
      referral: id.nullable(),
      person: z.int().nullable(),
      reference: z.string().nullable(),
    }),
  ),
  /** As the person found who proposed it, at that time. */
  checks: checksGiven.nullable(),
  reason: z.string(),
  /** Why it shall be cleared in spite of its doubts. */
  override: z.string().nullable(),
  by: z.string(),
  at: instant,
  mine: z.boolean(),
  settled: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
  errors: z.array(
    z.object({
      id,
      grading: z.enum(['recordable', 'reportable', 'not decided']),
      what: z.string(),
      cause: z.string(),
      impact: z.string(),
      told: z.array(z.string()),
      by: z.string(),
      at: instant,
    }),
  ),
})
