import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant, priority } from '../shapes.ts'
import { appearance, linkDecision, linkShape, subjectName, subjectReason, subjectValue } from './shapes.ts'
import { subjectTies } from './ties.ts'

export const subjectShape = z.object({
  ...subjectName.shape,
  changedAt: instant,
  /** How the referrals tell of the person: a belief with its ground, never a verdict. */
  toldAs: z.array(z.object({ role: z.string(), times: z.int() })),
  appearances: z.array(appearance),
  /** Accounts and handles on services. */
  personas: z.array(subjectValue),
  observables: z.array(subjectValue),
  timeline: z.array(z.object({ at: instant, what: z.string(), referral: z.object({ id, number: z.int() }) })),
  rank: z.object({
    priority,
    weightSet: z.string(),
    hundredths: z.int(),
    childUrgency: z.int(),
    offenderDanger: z.int(),
    reasons: z.array(subjectReason),
    gates: z.array(z.string()),
    /** Nine of ten ranks drawn over links and weights lie between. */
    interval: z.object({ low: z.int(), high: z.int(), draws: z.int() }),
    /** What the rank would be if one referral were not linked, the largest change first. */
    without: z.array(z.object({ referral: z.object({ id, number: z.int() }), hundredths: z.int(), priority })),
    /** What to look at next. */
    look: z.array(z.object({ id, number: z.int() })),
    /** Since this officer looked last. */
    changes: z.array(z.object({ says: z.string(), from: z.int(), to: z.int() })),
  }),
  /** The fewest links that hold it, the strongest first. */
  held: z.array(
    z.discriminatedUnion('by', [
      z.object({ by: z.literal('evidence'), link: linkShape }),
      z.object({ by: z.literal('decision'), decision: id, says: z.string() }),
    ]),
  ),
  /** Every single fact without which it would no longer be one, and into what it would fall. */
  flips: z.array(z.object({ fact: z.string(), parts: z.array(z.array(z.string())) })),
  notTried: z.int(),
  /** If it is two persons, the likeliest two; and the subject it is nearest to. */
  two: z.object({ parts: z.array(z.array(z.string())), mean: z.int(), above: z.int() }).nullable(),
  nearest: z.object({ id, label: z.string(), missing: z.int(), keptApart: z.boolean() }).nullable(),
  /** Others who are not this person: household, contact, shared files, payment. */
  ties: subjectTies,
  alarms: z.array(z.string()),
  contradictions: z.array(z.object({ apart: id, joined: z.array(id) })),
  /** To be read out: all figures come from the above. */
  inWords: z.string(),
  decisions: z.array(linkDecision),
  versions: z.array(
    z.object({
      version: z.int(),
      appearances: z.int(),
      because: z.string(),
      by: z.string(),
      at: instant,
      became: z.array(z.string()),
    }),
  ),
})

export const showSubject = route({
  name: 'subjects.show',
  method: 'GET',
  path: '/api/subjects/:id',
  summary:
    'One subject: who tells of it, what holds it together, what would part it, what ties it to others, and why it stands where it stands',
  access: 'session',
  params: idParams,
  response: subjectShape,
})
