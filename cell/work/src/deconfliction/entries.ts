import { askedEvent, type Entry, type EntryKind, heldEvent, isEntryKind, readEntry } from '@tandem/blind'
import { Refusal } from '@tandem/core'
import type { Row, Transaction } from '@tandem/store'
import { z } from 'zod'
import { openText } from '../sealed.ts'

/** No list of one run is longer: its places are padded to a power of two, and a quota counts them. */
export const MOST_ENTRIES = 2 ** 14
/** One value may have several forms, and an event many: padded, they are no more than this. */
export const MOST_PLACES = 2 * MOST_ENTRIES

export interface Grid {
  readonly reachMetres: number
  readonly slotMinutes: number
}

/** A planned event as an officer enters it. */
export interface EnteredEvent {
  readonly name: string
  readonly latitude: number
  readonly longitude: number
  readonly from: string
  readonly to: string
}

/** An own entry as it is kept, sealed: what an officer reads, and what is evaluated. */
const storedEntry = z.object({
  reference: z.string(),
  kind: z.string().refine(isEntryKind),
  shown: z.string(),
  inputs: z.array(z.string()),
  /** The number of the latest referral that mentions it. */
  referral: z.number().nullable(),
})
export type StoredEntry = z.output<typeof storedEntry>

export const entriesText = (entries: readonly StoredEntry[]): string => JSON.stringify(entries)
export const entriesOf = (text: string): StoredEntry[] => z.array(storedEntry).parse(JSON.parse(text))

export const toEngine = ({ reference, kind, inputs }: StoredEntry): Entry => ({
  reference,
  kind: kindOf(kind),
  inputs: inputs.map((input) => new Uint8Array(Buffer.from(input, 'hex'))),
})

export function kindOf(text: string): EntryKind {
  if (!isEntryKind(text)) throw new TypeError(`not a kind of entry: ${text}`)
  return text
}

export interface Collected {
  readonly entries: readonly StoredEntry[]
  /** Values of these kinds that cannot be asked about, by the reason: a phone number without its country, say. */
  readonly left: readonly { readonly says: string; readonly count: number }[]
}

interface Wanted {
  readonly side: 'asker' | 'holder'
  readonly kinds: readonly EntryKind[]
  /** Only these observables; null: all of the kinds. */
  readonly observables: readonly string[] | null
  /** Only these values, as they were written; null: all. */
  readonly values?: readonly string[] | null
  readonly events: readonly EnteredEvent[]
  readonly grid: Grid | null
}

/** The observables that the referrals of the operation mention, and the events that were entered. */
export async function collect(tx: Transaction, wanted: Wanted): Promise<Collected> {
  const kinds = wanted.kinds.filter((kind): kind is Exclude<EntryKind, 'event'> => kind !== 'event')
  const rows = await tx.run('deconfliction/observables', {
    kinds,
    observables: wanted.observables === null ? null : [...wanted.observables],
    limit: MOST_ENTRIES + 1,
  })
  if (rows.length + wanted.events.length > MOST_ENTRIES)
    throw new Refusal('TANDEM-INPUT-001', `more than ${MOST_ENTRIES} entries: choose fewer kinds or values`)
  await tx.vault.unlock(rows.map((row) => row.referral_id))
  const entries: StoredEntry[] = []
  const left = new Map<string, number>()
  const leave = (says: string): void => void left.set(says, (left.get(says) ?? 0) + 1)
  for (const row of rows) {
    const kind = kindOf(row.kind)
    const normal = normalOf(tx, row)
    if (kind === 'event' || normal === null) continue
    const entry = readEntry(kind, normal, row.observable_id)
    if (entry.ok) entries.push(stored(entry.value, normal, row.number))
    else leave(entry.error.says)
  }
  if (wanted.values != null) entries.splice(0, entries.length, ...onlyThese(entries, wanted.values, kinds, leave))
  for (const [at, event] of wanted.events.entries()) entries.push(eventEntry(event, at, wanted))
  return { entries, left: [...left].map(([says, count]) => ({ says, count })) }
}

/** Of a value that no referral of the operation mentions nobody here has an interest to tell; it is left out and said. */
function onlyThese(
  entries: readonly StoredEntry[],
  values: readonly string[],
  kinds: readonly Exclude<EntryKind, 'event'>[],
  leave: (says: string) => void,
): StoredEntry[] {
  const chosen = new Set<StoredEntry>()
  for (const value of values) {
    const forms = kinds.flatMap((kind) => {
      const read = readEntry(kind, value, '')
      return read.ok ? stored(read.value, '', null).inputs : []
    })
    const found = entries.filter(({ inputs }) => inputs.some((input) => forms.includes(input)))
    for (const entry of found) chosen.add(entry)
    if (found.length === 0) leave('a value that no referral of the operation mentions as one of these kinds')
  }
  return [...chosen]
}

/** What an erased referral mentioned is held no more. */
function normalOf(tx: Transaction, row: Row<'deconfliction/observables'>): string | null {
  const { referral_id: record, mention_id, observable_id, normal_sealed: own, shared_normal_sealed: shared } = row
  if (tx.vault.isErased(record)) return null
  if (own !== null) return openText(tx, record, 'mention', 'normal_sealed', mention_id, own)
  return shared === null ? null : openText(tx, record, 'observable', 'normal_sealed', observable_id, shared)
}

function eventEntry(event: EnteredEvent, at: number, { grid, side }: Wanted): StoredEntry {
  if (grid === null) throw new Refusal('TANDEM-INPUT-001', 'events need a reach and a slot of time')
  const plan = {
    place: { latitude: event.latitude, longitude: event.longitude },
    from: Date.parse(event.from),
    to: Date.parse(event.to),
  }
  const make = side === 'asker' ? askedEvent : heldEvent
  const entry = make(plan, grid, `event ${at + 1}`)
  if (!entry.ok) throw new Refusal('TANDEM-INPUT-001', `event ${at + 1}: ${entry.error.says}`)
  return stored(entry.value, `${event.name}, ${event.latitude} ${event.longitude}, ${event.from} to ${event.to}`, null)
}

const stored = ({ reference, kind, inputs }: Entry, shown: string, referral: number | null): StoredEntry => ({
  reference,
  kind,
  shown,
  inputs: inputs.map((input) => Buffer.from(input).toString('hex')),
  referral,
})

/** The padded list must fit what is asked for; three places more are for the control and canaries. */
export const placesFor = (entries: readonly StoredEntry[]): number =>
  Math.max(16, 2 ** Math.ceil(Math.log2(entries.reduce((sum, { inputs }) => sum + inputs.length, 0) + 1 + 3)))
