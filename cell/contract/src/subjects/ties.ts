import { z } from 'zod'
import { id, instant } from '../shapes.ts'

/** Two subjects that are not one person, and what stands between them. A tie merges nobody and ranks nobody. */
export const subjectTie = z.object({
  relation: z.enum(['household', 'contact', 'shared file', 'payment']),
  /** `toldAs`: the roles in which reports tell of the other one, as they told them. */
  other: z.object({ id, label: z.string(), toldAs: z.array(z.object({ role: z.string(), times: z.int() })) }),
  /** Of a payment: who paid; both ways where that is not said. */
  direction: z.enum(['out', 'in', 'both']),
  reasons: z.array(
    z.object({
      says: z.string(),
      /** The value that ties them: set aside, the reason falls. None: what one referral says of the two. */
      value: z.object({ observable: id, kind: z.string(), written: z.string() }).nullable(),
      referrals: z.array(z.object({ id, number: z.int() })),
      from: instant.nullable(),
      to: instant.nullable(),
    }),
  ),
  /** Reasons beyond those that are listed. */
  moreReasons: z.int(),
})

export const subjectTies = z.object({
  ties: z.array(subjectTie),
  /** What ties nobody and why, and what is not listed, with its number. */
  leftOut: z.array(z.string()),
})
