import type { ResponseOf, show } from '@tandem/contract'
import type { ReferralRecord } from '@tandem/formats'
import type { HeldRecord } from '../sealed-record.ts'

type Shown = ResponseOf<typeof show>

/** What the report says, facts first. Words stay closed: only their places and lengths are shown. */
export function presentRecord(
  record: HeldRecord,
): Pick<Shown, 'facts' | 'people' | 'files' | 'narratives' | 'remarks' | 'unknownFields'> {
  return {
    facts: {
      incidentAt: mutableClaim(record.incidentAt),
      incidentAtMeaning: record.incidentAtMeaning,
      detectedAt: mutableClaim(record.detectedAt),
      detectedBy: record.detectedBy,
      reviewedByPerson: record.reviewedByPerson,
      telephoned: record.telephoned,
      reportedToLocalPolice: record.reportedToLocalPolice,
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
      addresses: [...person.addresses],
      ipEvents: person.ipEvents.map((event) => ({ ...event, time: mutableClaim(event.time) })),
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
      uploadedAt: mutableClaim(file.uploadedAt),
    })),
    narratives: record.narratives.map(({ place, about, text }) => ({ place, about, characters: text.length })),
    remarks: record.remarks.map((remark) => ({ ...remark })),
    unknownFields: [...record.unknownFields],
  }
}

function mutableClaim(claim: ReferralRecord['incidentAt']): Shown['facts']['incidentAt'] {
  return claim === null ? null : { ...claim, candidates: [...claim.candidates] }
}
