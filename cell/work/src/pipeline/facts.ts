import { readTimeClaim, type ThreeValued } from '@tandem/core'
import type { FileMentioned, ReferralRecord } from '@tandem/formats'
import type { FactEvidence, FlagName, ListHit, NumberName, TriageFacts } from '@tandem/triage'
import { isCalming, saysOfMark } from './sender-marks.ts'

export interface Surroundings {
  readonly sender: string
  readonly hits: readonly ListHit[]
  /** Files that an exact digest finds on a list. A perceptual hit is a lead: it raises, and never makes a file known. */
  readonly knownFiles: ReadonlySet<string>
  /** Other referrals about the same account of the reported person. */
  readonly repeatReports: number
}

type Flags = Map<FlagName, { value: ThreeValued; evidence: FactEvidence[] }>
type Numbers = { [name in NumberName]?: { number: number; evidence: FactEvidence[] } }

/** What one referral states, as triage takes it: every fact with its place, nothing inferred from words. */
export function factsOf(record: ReferralRecord, around: Surroundings): TriageFacts {
  const flags: Flags = new Map()
  const yes = (flag: FlagName, place: string): void => {
    const known = flags.get(flag)
    if (known?.value === 'yes') known.evidence.push({ place })
    else flags.set(flag, { value: 'yes', evidence: [{ place }] })
  }
  for (const mark of record.annotations)
    for (const flag of saysOfMark(mark)) yes(flag, record.places?.annotations ?? 'mark of the sender')
  for (const file of record.files) {
    for (const label of file.labels) {
      // What calms speaks for the report only when every file carries it: one meme hides nothing beside it.
      if (isCalming(label) && !record.files.every(({ labels }) => labels.includes(label))) continue
      for (const flag of saysOfMark(label)) yes(flag, file.place)
    }
    // NCMEC industry classification: A is prepubescent, B pubescent; the digit is the content.
    if (file.category?.scheme === 'industry-classification' && /^A[12]$/.test(file.category.value)) {
      yes('childIsPrepubescent', file.place)
    }
  }
  fromIncident(record, yes)
  fromPeople(record, yes)
  fromChildren(record, yes)
  const numbers = numbersOf(record, around)
  const spoken = record.narratives.some(({ about }) => about === 'conversation')
  if (record.files.length > 0 && numbers.novelFiles?.number === 0 && !spoken) yes('knownMaterialOnly', 'hits on lists')
  const made = madeAt(record)
  return {
    ...Object.fromEntries(flags),
    ...numbers,
    ...(record.incidentAt?.instant
      ? {
          incidentAt: {
            instant: record.incidentAt.instant,
            evidence: [{ place: record.places?.incidentAt ?? 'incident time' }],
          },
        }
      : {}),
    ...(record.detectedAt?.instant
      ? {
          detectedAt: {
            instant: record.detectedAt.instant,
            evidence: [{ place: record.places?.detectedAt ?? 'detected at' }],
          },
        }
      : {}),
    ...(made === null ? {} : { materialMadeAt: made }),
    listHits: around.hits,
    declared:
      record.declaredPriority === null
        ? []
        : [
            {
              level: record.declaredPriority.level,
              sender: around.sender,
              evidence: [{ place: record.places?.declaredPriority ?? 'declared priority' }],
            },
          ],
  }
}

function fromIncident(record: ReferralRecord, yes: (flag: FlagName, place: string) => void): void {
  const kindAt = record.places?.incidentKind ?? 'incident type'
  if (record.incidentKind === 'online-enticement') yes('groomingOfChild', kindAt)
  if (record.incidentKind === 'contact-abuse') yes('contactOffendingSuspected', kindAt)
  if (record.format === 'ncmec-ispws' && record.declaredPriority?.level === 'P1')
    yes('senderEscalated', record.places?.declaredPriority ?? 'escalateToHighPriority')
}

function fromPeople(record: ReferralRecord, yes: (flag: FlagName, place: string) => void): void {
  for (const person of record.people) {
    if (person.role === 'victim' && (person.names.length > 0 || person.addresses.length > 0))
      yes('childIdentifiedOrLocated', person.place)
    if (person.role === 'reported' && person.addresses.length > 0) yes('locationKnown', person.place)
    if (person.role === 'reported' && ageOf(person.age) >= 18) yes('offenderAdult', person.place)
    if (person.role === 'reported') {
      const event = person.ipEvents.find((each) => each.port !== null && each.time?.instant)
      if (event !== undefined) yes('ipWithPort', event.place)
    }
  }
}

/** Children by their stated age: who was written to or sent something, and who may be a child on the other side. */
function fromChildren(record: ReferralRecord, yes: (flag: FlagName, place: string) => void): void {
  const children = childrenIn(record)
  const spoken = record.narratives.find(({ about }) => about === 'conversation')
  for (const { place } of children) {
    if (spoken !== undefined) yes('groomingOfChild', place)
    if (record.files.length > 0) yes('childMadeOrSentMaterial', place)
  }
  const [, second] = children
  if (second !== undefined) for (const { place } of children.slice(0, 5)) yes('severalChildren', place)
  for (const person of record.people) {
    if (person.role !== 'reported' || !mayBeChild(ageOf(person.age))) continue
    yes('minorToMinor', person.place)
    if (record.files.length > 0) yes('childMadeOrSentMaterial', person.place)
  }
}

/** Victims and recipients whose stated age, or its lower end, is under 18. */
function childrenIn(record: ReferralRecord): { age: number; place: string }[] {
  return record.people
    .filter(({ role }) => role === 'victim' || role === 'recipient')
    .map((person) => ({ age: ageOf(person.age), place: person.place }))
    .filter(({ age }) => mayBeChild(age))
    .sort((a, b) => a.age - b.age)
}

const mayBeChild = (age: number): boolean => age >= 0 && age < 18

/** The latest capture that a sender read from a file; without a stated zone it is no instant. */
function madeAt(record: ReferralRecord): { instant: string; evidence: FactEvidence[] } | null {
  const captures = (record.details ?? []).flatMap(({ kind, value, place }) => {
    const instant = kind === 'EXIF time of capture' ? readTimeClaim(value).instant : null
    return instant === null ? [] : [{ instant, evidence: [{ place }] }]
  })
  return captures.sort((a, b) => (a.instant < b.instant ? 1 : -1))[0] ?? null
}

function numbersOf(record: ReferralRecord, around: Surroundings): Numbers {
  const numbers: Numbers = {}
  const [youngest] = childrenIn(record)
  if (youngest !== undefined) numbers.childAge = { number: youngest.age, evidence: [{ place: youngest.place }] }
  const recipients = record.people.filter(({ role }) => role === 'recipient')
  if (recipients.length > 0) {
    numbers.recipients = { number: recipients.length, evidence: recipients.slice(0, 5).map(({ place }) => ({ place })) }
  }
  if (around.repeatReports > 0)
    numbers.repeatReports = { number: around.repeatReports, evidence: [{ place: 'same account in other referrals' }] }
  const digests = new Set(record.files.map(digestOf))
  if (record.files.some(({ hashes }) => hashes.length > 0)) {
    const novel = [...digests].filter((digest) => !around.knownFiles.has(digest))
    numbers.knownFiles = { number: digests.size - novel.length, evidence: [{ place: 'hits on lists' }] }
    numbers.novelFiles = { number: novel.length, evidence: [{ place: 'no hit on any list' }] }
  }
  return numbers
}

/** One file is one file however often it is named: its strongest digest tells it from others. */
export function digestOf(file: FileMentioned): string {
  const by = (kind: string) => file.hashes.find((hash) => hash.kind === kind)?.value
  return by('sha256') ?? by('sha1') ?? by('md5') ?? by('pdq') ?? file.place
}

/** `15`, `13-15`: the age as stated, of a range its lower end; -1 when it is not a number. */
function ageOf(text: string | null): number {
  const match = /^\s*(\d{1,3})(?:\s*-\s*\d{1,3})?\s*$/.exec(text ?? '')
  return match === null ? -1 : Number(match[1])
}
