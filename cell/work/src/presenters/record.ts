import type { ResponseOf, show } from '@tandem/contract'
import type { Detail, ReferralRecord } from '@tandem/formats'
import type { IpContextOfCell } from '../cell.ts'
import type { HeldRecord } from '../sealed-record.ts'
import { presentIpContext } from './ip-context.ts'

type Shown = ResponseOf<typeof show>

/** A detail that is longer may be what somebody wrote: a column of messages, a header with a letter in it. */
const LONGEST_OPEN_DETAIL = 200
const isLong = (text: string | null): boolean => (text ?? '').length > LONGEST_OPEN_DETAIL
const isWords = ({ value }: Detail): boolean => isLong(value)

/**
 * Facts that are words: why the sender set its priority, where the gravest sentence of a report often stands, and a
 * meaning of a time that is told at length.
 */
function wordsAmongFacts({ declaredPriority, incidentAtMeaning, places }: HeldRecord): Words[] {
  const told = (place: string, about: string, text: string | null | undefined): Words[] =>
    text === null || text === undefined || text === '' ? [] : [{ place, about, text }]
  const meaning = isLong(incidentAtMeaning) ? incidentAtMeaning : null
  return [
    ...told(places?.declaredReason ?? 'declared priority', REASON, declaredPriority?.reason),
    ...told(places?.incidentAtMeaning ?? 'incident time', 'what the time means', meaning),
  ]
}

interface Words {
  readonly place: string
  readonly about: string
  readonly text: string
}
const REASON = 'reason of the priority'

/** All that stays closed until it is opened on purpose. */
export const wordsOf = (record: HeldRecord): Words[] => [
  ...wordsAmongFacts(record),
  ...record.narratives.map(({ place, about, text }) => ({ place, about, text })),
  ...(record.details ?? []).filter(isWords).map(({ place, kind, value }) => ({ place, about: kind, text: value })),
]

/** What the report says, facts first. Words stay closed: only their places and lengths are shown. */
export function presentRecord(
  record: HeldRecord,
  ipContext: IpContextOfCell,
): Pick<Shown, 'facts' | 'people' | 'files' | 'details' | 'narratives' | 'remarks' | 'unknownFields'> {
  const amongFacts = wordsAmongFacts(record)
  const reason = amongFacts.find(({ about }) => about === REASON)
  return {
    facts: {
      incidentAt: mutableClaim(record.incidentAt),
      incidentAtMeaning: isLong(record.incidentAtMeaning) ? 'told at length under Words' : record.incidentAtMeaning,
      detectedAt: mutableClaim(record.detectedAt),
      detectedBy: record.detectedBy,
      reviewedByPerson: record.reviewedByPerson,
      telephoned: record.telephoned,
      reportedToLocalPolice: record.reportedToLocalPolice,
      localPoliceReference: record.localPoliceReference,
      originalFormat: record.originalFormat,
      allAvailableGiven: record.allAvailableGiven,
      declaredReason: reason === undefined ? null : { place: reason.place, characters: reason.text.length },
      annotations: [...record.annotations],
      places: { ...record.places },
    },
    people: record.people.map((person, index) => ({
      index,
      role: person.role,
      place: person.place,
      names: [...person.names],
      dateOfBirth: person.dateOfBirth,
      age: person.age,
      accountState: person.accountState,
      accountCompromised: person.accountCompromised,
      userWasTold: person.userWasTold,
      addresses: [...person.addresses],
      ipEvents: person.ipEvents.map((event) => ({
        ...event,
        time: mutableClaim(event.time),
        context: presentIpContext(ipContext, event),
      })),
    })),
    files: record.files.map((file, index) => ({
      index,
      place: file.place,
      name: file.name,
      hashes: [...file.hashes],
      category: file.category,
      labels: [...file.labels],
      viewedByProvider: file.viewedByProvider,
      publiclyAvailable: file.publiclyAvailable,
      contentType: file.contentType,
      url: file.url,
      uploadedAt: mutableClaim(file.uploadedAt),
    })),
    details: (record.details ?? []).map((detail) => ({
      ...detail,
      value: isWords(detail) ? null : detail.value,
      characters: detail.value.length,
    })),
    narratives: [
      ...amongFacts.map(({ text, place, about }) => ({ ...unsigned, place, about, characters: text.length })),
      ...record.narratives.map(({ text, ...of }) => ({
        place: of.place,
        about: of.about,
        characters: text.length,
        author: of.author,
        from: of.from ?? null,
        at: mutableClaim(of.at ?? null),
        reference: of.reference ?? null,
        answers: of.answers ?? null,
        flags: { ...of.flags },
      })),
    ],
    remarks: record.remarks.map((remark) => ({ ...remark })),
    unknownFields: [...record.unknownFields],
  }
}

const unsigned = { author: null, from: null, at: null, reference: null, answers: null, flags: {} }

function mutableClaim(claim: ReferralRecord['incidentAt']): Shown['facts']['incidentAt'] {
  return claim === null ? null : { ...claim, candidates: [...claim.candidates] }
}
