import type { ThreeValued } from '@tandem/core'
import type { FileMentioned, ReferralRecord } from '@tandem/formats'
import type { FactEvidence, FlagName, ListHit, NumberName, TriageFacts } from '@tandem/triage'
import { saysOfMark } from './sender-marks.ts'

export interface Surroundings {
  readonly sender: string
  readonly hits: readonly ListHit[]
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
  for (const mark of record.annotations) for (const flag of saysOfMark(mark)) yes(flag, `mark "${mark}"`)
  for (const file of record.files) {
    for (const label of file.labels) for (const flag of saysOfMark(label)) yes(flag, file.place)
    // NCMEC industry classification: A is prepubescent, B pubescent; the digit is the content.
    if (file.category?.scheme.startsWith('ncmec') && /^A[12]$/.test(file.category.value))
      yes('childIsPrepubescent', file.place)
  }
  fromIncident(record, yes)
  fromPeople(record, yes)
  const numbers = numbersOf(record, around)
  if (record.files.length > 0 && numbers.novelFiles?.number === 0) yes('knownMaterialOnly', 'hits on lists')
  return {
    ...Object.fromEntries(flags),
    ...numbers,
    ...(record.incidentAt?.instant
      ? { incidentAt: { instant: record.incidentAt.instant, evidence: [{ place: 'incident time' }] } }
      : {}),
    ...(record.detectedAt?.instant
      ? { detectedAt: { instant: record.detectedAt.instant, evidence: [{ place: 'detected at' }] } }
      : {}),
    listHits: around.hits,
    declared:
      record.declaredPriority === null
        ? []
        : [{ level: record.declaredPriority.level, sender: around.sender, evidence: [{ place: 'declared priority' }] }],
  }
}

function fromIncident(record: ReferralRecord, yes: (flag: FlagName, place: string) => void): void {
  if (record.incidentKind === 'online-enticement') yes('groomingOfChild', 'incident type')
  if (record.incidentKind === 'contact-abuse') yes('contactOffendingSuspected', 'incident type')
  if (record.format === 'ncmec-ispws' && record.declaredPriority?.level === 'P1')
    yes('senderEscalated', 'escalateToHighPriority')
}

function fromPeople(record: ReferralRecord, yes: (flag: FlagName, place: string) => void): void {
  for (const person of record.people) {
    if (person.role === 'victim' && (person.names.length > 0 || person.addresses.length > 0))
      yes('childIdentifiedOrLocated', person.place)
    if (person.role === 'reported' && person.addresses.length > 0) yes('locationKnown', person.place)
    if (person.role === 'reported' && ageOf(person.age, 'lowest') >= 18) yes('offenderAdult', person.place)
    if (person.role === 'reported') {
      const event = person.ipEvents.find((each) => each.port !== null && each.time?.instant)
      if (event !== undefined) yes('ipWithPort', event.place)
    }
  }
}

function numbersOf(record: ReferralRecord, around: Surroundings): Numbers {
  const numbers: Numbers = {}
  const ages = record.people
    .filter(({ role }) => role === 'victim')
    .map((person) => ({ age: ageOf(person.age, 'lowest'), place: person.place }))
    .filter(({ age }) => age >= 0)
    .sort((a, b) => a.age - b.age)
  if (ages[0] !== undefined) numbers.childAge = { number: ages[0].age, evidence: [{ place: ages[0].place }] }
  const victims = record.people.filter(({ role }) => role === 'victim')
  const recipients = record.people.filter(({ role }) => role === 'recipient')
  if (recipients.length > 0) {
    numbers.recipients = { number: recipients.length, evidence: recipients.slice(0, 5).map(({ place }) => ({ place })) }
  }
  if (around.repeatReports > 0)
    numbers.repeatReports = { number: around.repeatReports, evidence: [{ place: 'same account in other referrals' }] }
  const known = new Set(around.hits.map(({ file }) => file))
  const digests = new Set(record.files.map(digestOf))
  if (record.files.some(({ hashes }) => hashes.length > 0)) {
    const novel = [...digests].filter((digest) => !known.has(digest))
    numbers.knownFiles = { number: digests.size - novel.length, evidence: [{ place: 'hits on lists' }] }
    numbers.novelFiles = { number: novel.length, evidence: [{ place: 'no hit on any list' }] }
  }
  if (victims.length === 0 && ages.length === 0) delete numbers.childAge
  return numbers
}

/** One file is one file however often it is named: its strongest digest tells it from others. */
export function digestOf(file: FileMentioned): string {
  const by = (kind: string) => file.hashes.find((hash) => hash.kind === kind)?.value
  return by('sha256') ?? by('sha1') ?? by('md5') ?? file.place
}

/** `15`, `13-15`: the age as stated; -1 when it is not a number. */
function ageOf(text: string | null, which: 'lowest'): number {
  const match = /^\s*(\d{1,3})(?:\s*-\s*(\d{1,3}))?\s*$/.exec(text ?? '')
  return match === null || which !== 'lowest' ? -1 : Number(match[1])
}
