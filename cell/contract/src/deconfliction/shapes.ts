import { z } from 'zod'
import { id, instant } from '../shapes.ts'

export const kind = z.enum([
  'account',
  'domain',
  'email',
  'event',
  'hash',
  'iban',
  'iccid',
  'imei',
  'imsi',
  'ip',
  'onion',
  'pgp-key',
  'phone',
  'wallet',
])

export const side = z.enum(['asker', 'holder'])
/** From the view of one side. `proposed`: a second person is awaited; `received`: this side is asked and has to decide. */
export const runState = z.enum(['proposed', 'waiting', 'received', 'running', 'refused', 'answered', 'no answer'])

export const alarm = z.object({ code: z.string(), says: z.string() })

/** An answer without hits is not "clear", and no answer is nothing at all: `says` has the words for an officer. */
export const outcome = z.object({
  is: z.enum(['answered', 'no answer']),
  says: z.string(),
  /** At the asker, of an answered run. */
  hits: z.int().nullable(),
  asked: z.int().nullable(),
  held: z.int().nullable(),
  alarms: z.array(alarm),
  why: z.string().nullable(),
})

export const runLine = z.object({
  id,
  side,
  /** The other agency, as people call it. */
  peer: z.string(),
  state: runState,
  kinds: z.array(kind),
  mostAsked: z.int(),
  mostHeld: z.int(),
  /** Own entries that are compared; null while nobody has said which. */
  entries: z.int().nullable(),
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
  progress: z.object({ done: z.int(), of: z.int() }).nullable(),
  outcome: outcome.nullable(),
  endedAt: instant.nullable(),
})

export const event = z.strictObject({
  name: z.string().trim().min(2).max(120),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  from: instant,
  to: instant,
})
export const events = z.array(event).max(100).default([])
export const grid = z.strictObject({
  reachMetres: z.int().min(50).max(100_000),
  slotMinutes: z.int().min(1).max(1440),
})
export const desk = z.string().trim().min(3).max(200)

export const release = z.object({
  id,
  state: z.enum(['proposed', 'refused', 'approved', 'sent', 'received']),
  /** Own entries, as their owner reads them. */
  entries: z.array(z.object({ kind: z.string(), shown: z.string() })),
  /** The desk that the release names: ours where we released, theirs where we received. */
  desk: z.string(),
  by: z.string(),
  at: instant,
  mine: z.boolean(),
  decidedBy: z.string().nullable(),
  /** Desks of the other side: a pointer is a desk, never a person and never a value. */
  pointers: z.array(z.string()),
  alarms: z.array(alarm),
})

export const audit = z.object({
  id,
  run: id,
  places: z.int(),
  askedAt: instant,
  openedAt: instant.nullable(),
  result: z
    .object({
      opened: z.int(),
      filling: z.int(),
      /** Entries that stand in a record of the agency. */
      known: z.int(),
      findings: z.array(z.object({ place: z.int(), is: z.enum(['not-committed', 'another', 'invented', 'canary']) })),
      /** What was opened, without a value: an officer shows that beside the record. */
      entries: z.array(z.object({ place: z.int(), kind: z.string(), inRecord: z.boolean() })),
    })
    .nullable(),
})
