import type { ResponseOf, show } from '@tandem/contract'
import type { Detail, ReferralRecord } from '@tandem/formats'
import type { IpContextOfCell } from '../cell.ts'
import type { HeldRecord } from '../sealed-record.ts'
import { presentIpContext } from './ip-context.ts'

type Shown = ResponseOf<typeof show>

/** A detail that is longer may be what somebody wrote: a column of messages, a header with a letter in it. */
const LONGEST_OPEN_DETAIL = 200
const isWords = ({ value }: Detail): boolean => value.length > LONGEST_OPEN_DETAIL

/** All that stays closed until it is opened on purpose. */
export const wordsOf = ({ narratives, details = [] }: HeldRecord): { place: string; about: string; text: string }[] => [
  ...narratives.map(({ place, about, text }) => ({ place, about, text })),
  ...details.filter(isWords).map(({ place, kind, value }) => ({ place, about: kind, text: value })),
]

/** What the report says, facts first. Words stay closed: only their places and lengths are shown. */
export function presentRecord(
  record: HeldRecord,
  ipContext: IpContextOfCell,
): Pick<Shown, 'facts' | 'people' | 'files' | 'details' | 'narratives' | 'remarks' | 'unknownFields'> {
  return {
    facts: {
      incidentAt: mutableClaim(record.incidentAt),
      incidentAtMeaning: record.incidentAtMeaning,
      detectedAt: mutableClaim(record.detectedAt),
      detectedBy: record.detectedBy,
      reviewedByPerson: record.reviewedByPerson,
      telephoned: record.telephoned,
      reportedToLocalPolice: record.reportedToLocalPolice,
      localPoliceReference: record.localPoliceReference,
      originalFormat: record.originalFormat,
      allAvailableGiven: record.allAvailableGiven,
      declaredReason: record.declaredPriority?.reason ?? null,
      annotations: [...record.annotations],
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
    narratives: record.narratives.map(({ text, ...of }) => ({
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
    remarks: record.remarks.map((remark) => ({ ...remark })),
    unknownFields: [...record.unknownFields],
  }
}

function mutableClaim(claim: ReferralRecord['incidentAt']): Shown['facts']['incidentAt'] {
  return claim === null ? null : { ...claim, candidates: [...claim.candidates] }
}
