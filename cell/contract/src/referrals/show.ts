import { z } from 'zod'
import { hit } from '../hits/hit.ts'
import { disagreementShape } from '../learning/disagree.ts'
import { route } from '../route.ts'
import { factor, id, idParams, instant, priority, remark, threeValued, timeClaim } from '../shapes.ts'
import { ipContext } from './ip-context.ts'
import { queueItem } from './queue.ts'

const clock = z.object({ clock: z.string(), dueAt: instant.nullable(), says: z.string(), rule: z.string() })

export const decisionShape = z.object({
  id,
  verb: z.string(),
  reason: z.string().nullable(),
  by: z.string(),
  /** What another person proposed, in their own words; `by` and `reason` are then the second person's. */
  proposal: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
  at: instant,
  undoes: id.nullable(),
  undone: z.boolean(),
  /** Can still be undone by this person now. */
  undoable: z.boolean(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
})

export const referralShape = z.object({
  item: queueItem,
  /** In the draw of the audit slice with this lot; lots below `drawnBelow`, of a million, are drawn. Null: not in the draw. */
  lot: z
    .object({
      lot: z.int(),
      drawnBelow: z.int(),
      of: z.int(),
      /** Made again from the id under the agency's key, now: false would be a lot that somebody changed. */
      agrees: z.boolean(),
    })
    .nullable(),
  delivery: z.object({
    id,
    lane: z.string(),
    receivedAt: instant,
    originalSha256: z.string(),
    originalLength: z.int(),
    stripped: z.int(),
    place: z.string(),
  }),
  sender: z.object({
    name: z.string(),
    organisation: z.string().nullable(),
    service: z.string().nullable(),
    contact: z.string().nullable(),
  }),
  authority: z.object({ act: z.string(), section: z.string() }),
  facts: z.object({
    incidentAt: timeClaim.nullable(),
    incidentAtMeaning: z.string().nullable(),
    detectedAt: timeClaim.nullable(),
    detectedBy: z.string().nullable(),
    reviewedByPerson: threeValued,
    telephoned: threeValued,
    reportedToLocalPolice: threeValued,
    localPoliceReference: z.string().nullable(),
    originalFormat: threeValued,
    allAvailableGiven: threeValued,
    /** Why the sender set its priority, in its own words: closed like all words, opened at this place. */
    declaredReason: z.object({ place: z.string(), characters: z.int() }).nullable(),
    annotations: z.array(z.string()),
    /** Where each of these facts, and those of the sender, stands in the source. */
    places: z.record(z.string(), z.string()),
  }),
  people: z.array(
    z.object({
      index: z.int(),
      role: z.string(),
      place: z.string(),
      names: z.array(z.string()),
      dateOfBirth: z.string().nullable(),
      age: z.string().nullable(),
      accountState: z.string().nullable(),
      accountCompromised: threeValued,
      /** Whether the sender told the person of the report. */
      userWasTold: threeValued,
      addresses: z.array(z.string()),
      ipEvents: z.array(
        z.object({
          address: z.string(),
          port: z.int().nullable(),
          time: timeClaim.nullable(),
          event: z.string().nullable(),
          possibleProxy: threeValued,
          place: z.string(),
          context: ipContext,
        }),
      ),
    }),
  ),
  /** Whom the people are believed to be: none yet while the referral is being linked. */
  subjects: z.array(
    z.object({
      person: z.int(),
      appearance: id,
      id,
      label: z.string(),
      version: z.int(),
      /** Of how many appearances it is made, this one among them. */
      appearances: z.int(),
      priority,
    }),
  ),
  files: z.array(
    z.object({
      index: z.int(),
      place: z.string(),
      name: z.string().nullable(),
      hashes: z.array(z.object({ kind: z.string(), value: z.string(), place: z.string() })),
      category: z.object({ scheme: z.string(), value: z.string() }).nullable(),
      labels: z.array(z.string()),
      viewedByProvider: threeValued,
      publiclyAvailable: threeValued,
      contentType: z.string().nullable(),
      url: z.string().nullable(),
      uploadedAt: timeClaim.nullable(),
    }),
  ),
  /** Typed facts without a field of their own: devices, payments, headers, what a table says in a column. */
  details: z.array(
    z.object({
      kind: z.string(),
      /** Null when it is long enough to be words: then it is opened on purpose, like narratives. */
      value: z.string().nullable(),
      characters: z.int(),
      place: z.string(),
      person: z.int().nullable(),
      file: z.int().nullable(),
    }),
  ),
  mentions: z.array(
    z.object({
      id,
      kind: z.string(),
      original: z.string(),
      normal: z.string(),
      place: z.string(),
      person: z.int().nullable(),
      strength: z.string(),
      because: z.string(),
      /** What a reader takes it for, when letters in it look like others; never compared. */
      looksLike: z.string().nullable(),
      /** Other referrals of this agency that this officer may see and that mention the same. */
      alsoIn: z.array(z.object({ id, number: z.int() })),
    }),
  ),
  hits: z.array(hit),
  /** Places of narrative text; the words come only when they are opened on purpose. */
  narratives: z.array(
    z.object({
      place: z.string(),
      about: z.string(),
      characters: z.int(),
      /** Who wrote it: index into `people`, or as written. */
      author: z.int().nullable(),
      from: z.string().nullable(),
      at: timeClaim.nullable(),
      reference: z.string().nullable(),
      answers: z.string().nullable(),
      flags: z.record(z.string(), threeValued),
    }),
  ),
  /** Where a rule for words finds what may mean danger: places and rules, no words. A lead to read, never a statement. */
  leads: z.array(
    z.object({
      place: z.string(),
      about: z.string(),
      from: z.int(),
      /** Null: it ends in a later message. */
      to: z.int().nullable(),
      /** Pack, version and rule. */
      rule: z.string(),
      says: z.string(),
      signal: z.string(),
      stage: z.string().nullable(),
      writtenBy: z.enum(['reported', 'victim', 'other', 'not said']),
    }),
  ),
  leadsLeftOut: z.int(),
  /** What a report of its kind should say; null for what is no report. It says nothing of urgency and gates nothing. */
  completeness: z
    .object({
      offence: z.string(),
      score: z.int(),
      answers: z.array(
        z.object({
          id: z.string(),
          asks: z.string(),
          essential: z.boolean(),
          state: z.enum(['given', 'in part', 'not held', 'missing']),
          lacks: z.string().nullable(),
        }),
      ),
      /** A message to the sender that lists what is missing. The cell never sends it. */
      chaser: z.string().nullable(),
    })
    .nullable(),
  remarks: z.array(remark),
  unknownFields: z.array(z.string()),
  score: z.object({
    number: z.int(),
    weightSet: z.string(),
    scoredAt: instant,
    because: z.string(),
    childUrgency: z.int(),
    offenderDanger: z.int(),
    computed: priority,
    factors: z.array(factor),
    clocks: z.array(clock),
    /** One change of one fact, all else equal, and the rank it would give. `open`: not yet known, so asking can settle it. */
    whatWouldMove: z.array(
      z.object({
        factor: z.string(),
        ifValue: z.string(),
        open: z.boolean(),
        gives: z.object({ childUrgency: z.int(), offenderDanger: z.int(), priority }),
      }),
    ),
    remarks: z.array(z.string()),
    changedSinceRead: z.array(z.string()),
  }),
  related: z.array(
    z.object({
      id,
      number: z.int(),
      how: z.enum([
        'supplement to',
        'supplemented by',
        'same incident',
        'same account',
        'viral copy',
        'folded',
        'folded into',
        'merged',
        'merged into',
      ]),
      because: z.string(),
    }),
  ),
  notes: z.array(z.object({ id, text: z.string(), by: z.string(), at: instant })),
  safeguarding: z.array(
    z.object({
      id,
      need: z.string(),
      by: z.string(),
      at: instant,
      dueAt: instant,
      acknowledgedAt: instant.nullable(),
      acknowledgedBy: z.string().nullable(),
      outcome: z.string().nullable(),
      closedAt: instant.nullable(),
    }),
  ),
  proposals: z.array(
    z.object({
      id,
      verb: z.string(),
      reason: z.string(),
      by: z.string(),
      at: instant,
      mine: z.boolean(),
      change: z.record(z.string(), z.unknown()),
    }),
  ),
  decisions: z.array(decisionShape),
  disagreements: z.array(disagreementShape),
})

export const show = route({
  name: 'referrals.show',
  method: 'GET',
  path: '/api/referrals/:id',
  summary: 'One referral: facts, mentions in place, hits, score with reasons, decisions',
  access: 'session',
  params: idParams,
  response: referralShape,
})
