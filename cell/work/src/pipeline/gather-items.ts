import type { Entry, ItemRecord, Mention, PersonMentioned, ReferralRecord, Remark } from '@tandem/formats'

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
 * identifier that a person used a hundred times is one mention with the first place.
 */
export function gatherItems(entries: readonly ItemEntry[]): Gathered[] {
  const wholes = Map.groupBy(
    entries,
    ({ record }) => `${record.format}\n${record.whole.place}\n${record.whole.name ?? ''}`,
  )
  return [...wholes.values()].flatMap((items) =>
    Array.from({ length: Math.ceil(items.length / MOST_ITEMS) }, (_, part) =>
      gathered(items.slice(part * MOST_ITEMS, (part + 1) * MOST_ITEMS)),
    ),
  )
}

function gathered(items: readonly ItemEntry[]): Gathered {
  const people = new People()
  const mentions = new Map<string, Mention>()
  const files: ReferralRecord['files'][number][] = []
  const narratives: ReferralRecord['narratives'][number][] = []
  const details: NonNullable<ReferralRecord['details']>[number][] = []
  const unknownFields: string[] = []
  for (const { record } of items) {
    const personOf = people.take(record.people)
    const at = (index: number | null): number | null => (index === null ? null : (personOf[index] ?? null))
    for (const mention of record.mentions) {
      const known = { ...mention, person: at(mention.person) }
      const key = `${known.identifier.kind}\n${known.identifier.normal}\n${known.person}`
      if (!mentions.has(key)) mentions.set(key, known)
    }
    const firstFile = files.length
    files.push(...record.files)
    for (const narrative of record.narratives) {
      narratives.push({ ...narrative, author: at(narrative.author ?? record.author), at: narrative.at ?? record.at })
    }
    for (const detail of record.details) {
      details.push({
        ...detail,
        person: at(detail.person),
        file: detail.file === null ? null : detail.file + firstFile,
      })
    }
    unknownFields.push(...record.unknownFields)
  }
  const [first] = items
  if (first === undefined) throw new Error('a whole without items')
  return {
    place: first.record.whole.place,
    remarks: items.flatMap((item) => (item.outcome === 'remarked' ? item.remarks : [])),
    record: {
      ...unsaid,
      kind: 'referral',
      format: first.record.format,
      reference: first.record.whole.name,
      incidentAt: first.record.at,
      incidentAtMeaning: first.record.atMeaning,
      people: people.all,
      files,
      narratives,
      mentions: [...mentions.values()],
      details,
      unknownFields,
    },
  }
}

/** Whoever is told the same way twice is one person of the record; more than that is for linkage to say. */
class People {
  readonly all: PersonMentioned[] = []
  readonly #known = new Map<string, number>()

  /** The new number of each person of an item. */
  take(people: readonly PersonMentioned[]): number[] {
    return people.map((person) => {
      const { place: _, ...told } = person
      const key = JSON.stringify(told)
      const known = this.#known.get(key)
      if (known !== undefined) return known
      this.#known.set(key, this.all.length)
      return this.all.push(person) - 1
    })
  }
}

/** What a chat, a box or a dump does not say of itself. */
const unsaid = {
  supplementTo: null,
  sender: { organisation: null, service: null, contact: null },
  declaredPriority: null,
  telephoned: 'not said',
  incidentKind: null,
  detectedAt: null,
  detectedBy: null,
  reviewedByPerson: 'not said',
  originalFormat: 'not said',
  reportedToLocalPolice: 'not said',
  localPoliceReference: null,
  allAvailableGiven: 'not said',
  annotations: [],
} as const
