import { z } from 'zod'
import { id, instant, itemState, priority } from '../shapes.ts'

/** What officers say on the telephone: the referral and the person in it that were received first, and the version. */
export const subjectName = z.object({ id, label: z.string(), version: z.int() })

/** Whole hundredths; those of all reasons add up to the rank. */
export const subjectReason = z.object({
  kind: z.enum(['factor', 'looked at before', 'perishes', 'worth of a look', 'never below itself']),
  factor: z.string().nullable(),
  axis: z.enum(['child urgency', 'offender danger']).nullable(),
  hundredths: z.int(),
  says: z.string(),
  because: z.string().nullable(),
  from: z.array(z.object({ id, number: z.int() })),
})

/** One person as one referral tells of them. */
export const appearance = z.object({
  id,
  label: z.string(),
  referral: z.object({ id, number: z.int(), sender: z.string(), state: itemState, priority, receivedAt: instant }),
  role: z.string(),
  names: z.array(z.string()),
  births: z.array(z.string()),
})

/** A value that some of the appearances name. */
export const subjectValue = z.object({
  observable: id,
  kind: z.string(),
  normal: z.string(),
  /** By which appearances. */
  from: z.array(z.string()),
  /** Set aside because many share it: counted for nothing, and shown. */
  aside: z.array(
    z.object({
      decision: id,
      because: z.string(),
      by: z.string(),
      at: instant,
      reason: z.string().nullable(),
    }),
  ),
})

/** One line of a waterfall: thousandths of a bit, whole numbers. The lines and the prior add up to the weight. */
export const linkLine = z.object({
  field: z.string(),
  level: z.string(),
  value: z.string().nullable(),
  said: z.int(),
  counted: z.int(),
  aside: z.boolean(),
})

export const linkShape = z.object({
  one: z.object({ id, label: z.string() }),
  other: z.object({ id, label: z.string() }),
  model: z.string(),
  prior: z.int(),
  weight: z.int(),
  lines: z.array(linkLine),
})

export const linkDecision = z.object({
  id,
  verb: z.enum(['must link', 'cannot link', 'set aside']),
  /** Pairs, or the value, that it is about. */
  about: z.array(z.string()),
  reason: z.string().nullable(),
  by: z.string(),
  at: instant,
  expiresAt: instant.nullable(),
  undone: z.object({ by: z.string(), at: instant, reason: z.string().nullable() }).nullable(),
  undoable: z.boolean(),
})

/** What a decision about links changed: the subjects as they stand now. */
export const linksDecided = z.object({ decision: id, subjects: z.array(subjectName), says: z.string() })
