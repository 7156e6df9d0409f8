import { extractText, type Found, type IdentifierKind } from '@tandem/identifiers'
import type { AnyRecord, Detail, Entry, Mention, Narrative, Remark } from '../record.ts'

/** These name somebody even where only their form was checked; of the other kinds a weak find is chance too often. */
const weakLeads: ReadonlySet<IdentifierKind> = new Set(['account', 'handle', 'email', 'phone'])

/** Identifiers in a text that people wrote, in the order of their places (UTF-16 code units). Dates name nobody. */
export function identifiersIn(text: string): Found[] {
  return [...extractText(text)].filter(
    ({ identifier: { kind, strength } }) => kind !== 'date' && (strength !== 'weak' || weakLeads.has(kind)),
  )
}

/** A dump may hold a million; each mention is a row of its own. */
const mostOfOneRecord = 2_000

/**
 * The record with what its free texts name. Nobody is said to own it: whoever writes a number has not said whose it is.
 * What the sender gave in a field of its own stands already and is not said twice.
 */
export function withIdentifiersInWords(entry: Entry<AnyRecord>): Entry<AnyRecord> {
  if (entry.outcome === 'set-aside' || entry.record.kind === 'list-entry') return entry
  const { record } = entry
  const known = new Set(record.mentions.map(({ identifier }) => keyOf(identifier)))
  const mentions: Mention[] = []
  let left = 0
  for (const { place, text } of textsOf(record)) {
    for (const { identifier, original, start, end } of identifiersIn(text)) {
      const key = keyOf(identifier)
      if (known.has(key)) continue
      known.add(key)
      if (mentions.length === mostOfOneRecord) left += 1
      else mentions.push({ original, place: `${place}, characters ${start}-${end}`, person: null, identifier })
    }
  }
  if (mentions.length === 0) return entry
  const told = { ...record, mentions: [...record.mentions, ...mentions] }
  if (left === 0) return { ...entry, record: told }
  const remark: Remark = {
    code: 'mentions-too-many',
    place: entry.place,
    says: `Its texts name ${left} identifiers more than the ${mostOfOneRecord} that were noted: they are found when the words are opened.`,
  }
  const remarks = entry.outcome === 'remarked' ? entry.remarks : []
  return { outcome: 'remarked', place: entry.place, record: told, remarks: [...remarks, remark] }
}

const keyOf = ({ kind, normal }: Mention['identifier']): string => `${kind}\n${normal}`

interface Text {
  readonly place: string
  readonly text: string
}

/** Where formats keep what a sender says of itself: its staff, its templates, its terms would link every report it sends. */
const ofTheSender = /[/.](?:reporter|reportingEsp|provider)[/.[]/

function textsOf({ narratives, details }: { narratives: readonly Narrative[]; details?: readonly Detail[] }): Text[] {
  const texts = [...narratives, ...(details ?? []).map(({ place, value }) => ({ place, text: value }))]
  return texts.filter(({ place }) => !ofTheSender.test(place))
}
