import { z } from 'zod'
import { id, instant } from '../shapes.ts'
import { kind, side } from './shapes.ts'

/** An event is many values: it needs a run. */
export const lookupKind = kind.exclude(['event'])

/** From the view of one side. `waiting`: the other agency decides; `received`: this side is asked and has to decide. */
export const grantState = z.enum(['proposed', 'waiting', 'received', 'refused', 'in force', 'ended'])

export const grantLine = z.object({
  id,
  side,
  /** The other agency, as people call it. */
  peer: z.string(),
  state: grantState,
  kinds: z.array(kind),
  lookups: z.int(),
  /** What can still be asked, or, where this side answers, what they can still ask. */
  left: z.int(),
  operation: z.string(),
  authority: z.string(),
  purpose: z.string(),
  by: z.string(),
  at: instant,
  mine: z.boolean(),
  expiresAt: instant,
  expired: z.boolean(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  /** Why a person of this side approved, accepted or refused: for this side alone. */
  decision: z.string().nullable(),
  /** The desk of the agency that answers. */
  desk: z.string().nullable(),
  /** When the list was fixed that answers speak for, and under which key. */
  listedAt: instant.nullable(),
  publicKey: z.string().nullable(),
  why: z.string().nullable(),
})

export const lookupAnswer = z.enum(['held', 'not in their list', 'no answer', 'asked'])

export const lookupLine = z.object({
  id,
  grant: id,
  peer: z.string(),
  kind,
  /** As the officer wrote it; for this side alone. */
  value: z.string(),
  reason: z.string(),
  /** Whether a referral of the operation mentioned it when it was asked. */
  inRecord: z.boolean(),
  answer: lookupAnswer,
  /** The words for an officer: a miss is not "clear", and no answer is nothing at all. */
  says: z.string(),
  desk: z.string().nullable(),
  by: z.string(),
  at: instant,
})

/** Some lookups under one grant, drawn by the inspector; without a value: an officer shows that beside the record. */
export const lookupAudit = z.object({
  id,
  grant: id,
  drawn: z.int(),
  askedAt: instant,
  openedAt: instant.nullable(),
  result: z
    .object({
      opened: z.int(),
      /** Mentioned by a referral of the operation now. */
      known: z.int(),
      /** `another`: the record does not give what left. `no referral`: nothing here mentions it. */
      findings: z.array(z.object({ number: z.int(), is: z.enum(['another', 'no referral']) })),
    })
    .nullable(),
})
