import type {
  Detail,
  Entry,
  ItemRecord,
  Mention,
  Narrative,
  PersonMentioned,
  ReferralRecord,
  Remark,
} from '@tandem/formats'
import { Exchanges } from './exchanges.ts'

/** What the desk works on: a report, or all that one conversation, box, archive or table of a delivery holds. */
export interface Gathered {
  readonly place: string
  readonly record: ReferralRecord
  readonly remarks: readonly Remark[]
}

type ItemEntry = Exclude<Entry<ItemRecord>, { outcome: 'set-aside' }>

/** An officer cannot read more at once, and a record is opened whole. */
const MOST_ITEMS = 1_000

/**
 * Items become referrals, one for each whole they are part of, in parts of a thousand: nothing is left out, and an
 * identifier that a person used a hundred times is one mention with the first place. The name of a whole is no reference
 * of a sender: two chats of one name are two referrals, and no part is folded behind another.
 */
export function gatherItems(entries: readonly ItemEntry[]): Gathered[] {
  const wholes = Map.groupBy(
    entries,
    ({ record }) => `${record.format}\n${record.whole.place}\n${record.whole.name ?? ''}`,
  )
  const places = new Set<string>()
  return [...wholes.values()].flatMap((items) => {
    const writers = writersOf(items)
    return Array.from({ length: Math.ceil(items.length / MOST_ITEMS) }, (_, part) => {
      const one = gathered(items, part * MOST_ITEMS, writers)
      // A place is a referral's own within its delivery: a later part stands at its first item.
      const place = places.has(one.place) ? (items[part * MOST_ITEMS]?.place ?? one.place) : one.place
      places.add(place)
      return { ...one, place }
    })
  })
}

/** How many wrote in a conversation: a thousand messages of it may be of a few who say nothing of its size. */
function writersOf(items: readonly ItemEntry[]): number {
  const people = new People()
  const writers = new Set<number>()
  for (const { record } of items) {
    if (record.what !== 'message' || record.author === null) continue
    const writer = people.take(record)[record.author]
    if (writer !== undefined) writers.add(writer)
  }
  return writers.size
}

function gathered(whole: readonly ItemEntry[], from: number, writers: number): Gathered {
  const items = whole.slice(from, from + MOST_ITEMS)
  const [first] = items
  if (first === undefined) throw new Error('a whole without items')
  const people = new People()
  const exchanges = new Exchanges()
  const mentions = new Map<string, Mention>()
  const files: ReferralRecord['files'][number][] = []
  const narratives: Narrative[] = []
  const details: Detail[] = aboutWhole(first.record, whole.length, from, items.length)
  const unknownFields: string[] = []
  for (const { place, record } of items) {
    const personOf = people.take(record)
    const at = (index: number | null): number | null => (index === null ? null : (personOf[index] ?? null))
    for (const mention of record.mentions) {
      const known = { ...mention, person: at(mention.person) }
      const key = `${known.identifier.kind}\n${known.identifier.normal}\n${known.person}`
      if (!mentions.has(key)) mentions.set(key, known)
    }
    const firstFile = files.length
    files.push(...record.files.map((file) => ({ ...file, by: at(record.author) })))
    exchanges.add(record, at)
    const { reference, answers, flags } = record
    for (const narrative of record.narratives) {
      const author = at(narrative.author ?? record.author)
      narratives.push({ reference, answers, flags, ...narrative, author, at: narrative.at ?? record.at })
    }
    if (record.narratives.length === 0) details.push(...withoutWords(record, place, at(record.author)))
    for (const detail of record.details) {
      details.push({
        ...detail,
        person: at(detail.person),
        file: detail.file === null ? null : detail.file + firstFile,
      })
    }
    unknownFields.push(...record.unknownFields)
  }
  return {
    place: first.record.whole.place,
    remarks: items.flatMap((item) => (item.outcome === 'remarked' ? item.remarks : [])),
    record: {
      ...unsaid,
      kind: 'referral',
      format: first.record.format,
      people: people.all,
      files,
      narratives,
      mentions: [...mentions.values()],
      details,
      exchanges: exchanges.all(writers),
      unknownFields,
    },
  }
}

/** What it is part of, and which part when it was too long for one referral. */
function aboutWhole({ what, whole }: ItemRecord, all: number, from: number, these: number): Detail[] {
  const tell = (kind: string, value: string): Detail => ({ kind, value, place: whole.place, person: null, file: null })
  const named = whole.name === null ? [] : [tell('part of', whole.name)]
  if (all === these) return named
  const parts = Math.ceil(all / MOST_ITEMS)
  const number = from / MOST_ITEMS + 1
  return [...named, tell('part', `${number} of ${parts}: ${what} ${from + 1} to ${from + these} of ${all}`)]
}

/** What a message, a line or a row says of itself, when it has no words to say it beside. */
function withoutWords(record: ItemRecord, place: string, person: number | null): Detail[] {
  const { what, reference, answers, at, atMeaning, flags } = record
  const told: readonly (readonly [string, string | null])[] = [
    [`${what} id`, reference],
    [`${what} answers`, answers],
    [atMeaning ?? `time of ${what}`, at?.original ?? null],
    ...Object.entries(flags),
  ]
  return told.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value, place, person, file: null }]))
}

/** What names somebody: two mailboxes without a name beside them are two people. */
const naming: ReadonlySet<string> = new Set(['account', 'email', 'phone', 'handle'])

/** Whoever is told the same way twice is one person of the record; more than that is for linkage to say. */
class People {
  readonly all: PersonMentioned[] = []
  readonly #known = new Map<string, number>()

  /** The new number of each person of an item. */
  take({ people, mentions }: ItemRecord): number[] {
    return people.map((person, index) => {
      const { place: _, ...told } = person
      const names = mentions.flatMap(({ person: whose, identifier: { kind, normal } }) =>
        whose === index && naming.has(kind) ? [`${kind} ${normal}`] : [],
      )
      const key = JSON.stringify([told, names.sort()])
      const known = this.#known.get(key)
      if (known !== undefined) return known
      this.#known.set(key, this.all.length)
      return this.all.push(person) - 1
    })
  }
}

/** What a chat, a box or a dump does not say of itself. */
const unsaid = {
  reference: null,
  supplementTo: null,
  sender: { organisation: null, service: null, contact: null },
  declaredPriority: null,
  telephoned: 'not said',
  incidentKind: null,
  incidentAt: null,
  incidentAtMeaning: null,
  detectedAt: null,
  detectedBy: null,
  reviewedByPerson: 'not said',
  originalFormat: 'not said',
  reportedToLocalPolice: 'not said',
  localPoliceReference: null,
  allAvailableGiven: 'not said',
  annotations: [],
} as const
