import { type Priority, priorities, type TimeClaim } from '@tandem/core'
import type { JsonNode } from '../json/index.ts'
import { placed } from '../places.ts'
import type { AnyRecord, Entry, Place, PlacedFact, ReferralRecord, Remark } from '../record.ts'
import { addContent, type ContentRead } from './content.ts'
import { Draft } from './draft.ts'
import { Fields } from './fields.ts'
import { addUser, emptyPerson } from './person.ts'
import { detectedByValues, priorityLevels, profile } from './shape.ts'

const setAside = (place: Place, reason: Remark): Entry<never> => ({ outcome: 'set-aside', place, reason })

/** One report of the profile as a referral. Never throws; what has the wrong nesting is set aside with its place. */
export function readReport(node: JsonNode, place: Place): Entry<AnyRecord> {
  if (node.type !== 'object') {
    return setAside(place, { code: 'report-not-object', place, says: 'a report must be an object with named fields' })
  }
  const draft = new Draft()
  const record = referralOf(draft, new Fields(draft, node, place))
  if (draft.structureFault !== null) return setAside(place, draft.structureFault)
  if (isEmpty(record)) {
    return setAside(place, {
      code: 'empty-report',
      place,
      says: 'neither a reference nor content nor a user nor a text',
    })
  }
  const { remarks } = draft
  return remarks.length === 0 ? { outcome: 'accepted', place, record } : { outcome: 'remarked', place, record, remarks }
}

/** Facts that the profile calls by the same name. */
const named = [
  'telephoned',
  'detectedAt',
  'detectedBy',
  'reviewedByPerson',
  'originalFormat',
  'allAvailableGiven',
  'annotations',
] as const satisfies readonly PlacedFact[]

const isEmpty = (record: ReferralRecord): boolean =>
  record.reference === null &&
  record.files.length + record.people.length + record.narratives.length + record.mentions.length === 0

function referralOf(draft: Draft, fields: Fields): ReferralRecord {
  const provider = fields.object('provider')
  const organisation = provider?.text('name') ?? null
  const service = provider?.text('platform') ?? null
  const contact = provider === null ? null : contactOf(draft, provider)
  const contents = addPeopleAndContent(draft, fields, service ?? organisation ?? '')
  draft.narrative(fields.text('description'), fields.at('description'), 'report')
  const priority = fields.object('priority')
  const police = fields.object('localPolice')
  const detectedAt = draft.time(fields, 'detectedAt')
  const types = [...new Set(contents.map(({ type }) => type).filter((type) => type !== null))]
  const upload = contents.find(({ uploadedAt }) => uploadedAt !== null) ?? null
  const record: ReferralRecord = {
    kind: 'referral',
    format: profile,
    reference: nonEmpty(fields.text('urn')),
    supplementTo: nonEmpty(fields.text('relatedUrn')),
    sender: { organisation, service, contact },
    declaredPriority: priorityOf(draft, priority),
    telephoned: fields.flag('telephoned'),
    incidentKind: types.length === 0 ? null : types.join(', '),
    incidentAt: upload?.uploadedAt ?? null,
    incidentAtMeaning: upload === null ? null : 'upload of the first content with a time',
    detectedAt,
    detectedBy: fields.word('detectedBy', detectedByValues),
    reviewedByPerson: fields.flag('reviewedByPerson'),
    originalFormat: fields.flag('originalFormat'),
    reportedToLocalPolice: police?.flag('reported') ?? 'not said',
    localPoliceReference: nonEmpty(police?.text('reference') ?? null),
    allAvailableGiven: fields.flag('allAvailableGiven'),
    annotations: fields.texts('annotations').map(({ text }) => text),
    places: placed({
      reference: fields.said('urn'),
      organisation: provider?.said('name'),
      service: provider?.said('platform'),
      contact: provider?.said('contact'),
      declaredPriority: priority?.said('level'),
      declaredReason: priority?.said('reason'),
      incidentKind: types.length === 0 ? null : fields.said('content'),
      incidentAt: upload?.place,
      reportedToLocalPolice: police?.said('reported'),
      localPoliceReference: police?.said('reference'),
      ...Object.fromEntries(named.map((fact) => [fact, fields.said(fact)])),
    }),
    people: draft.people,
    files: draft.files,
    narratives: draft.narratives,
    mentions: draft.mentions,
    details: draft.details,
    unknownFields: draft.unknownFields,
  }
  if (police !== null) {
    draft.detail('local police force', police.text('force'), police.at('force'))
    police.finish()
  }
  fields.finish()
  remarkWhatIsMissing(draft, record, fields)
  return record
}

function contactOf(draft: Draft, provider: Fields): string | null {
  draft.detail('authorised person', provider.text('authorisedPerson'), provider.at('authorisedPerson'))
  const contact = provider.object('contact')
  const parts = ['name', 'phone', 'email'].map((key) => contact?.text(key) ?? '').filter((part) => part !== '')
  contact?.finish()
  provider.finish()
  return parts.length === 0 ? null : parts.join(', ')
}

function addPeopleAndContent(draft: Draft, fields: Fields, platform: string): ContentRead[] {
  const authors = new Map<string, number>()
  const add = (user: Fields, role: 'reported' | 'recipient'): number => {
    const { person, names } = addUser(draft, user, role, platform)
    for (const name of names) if (!authors.has(name)) authors.set(name, person)
    return person
  }
  const contentSender = fields.object('contentSender')
  const recipients = fields.objects('recipients')
  const content = fields.objects('content')
  // Content has one sender, even when nothing is said about them but where the content came from.
  if (contentSender === null && content.length > 0)
    draft.people.push(emptyPerson('reported', fields.at('contentSender')))
  const sender = contentSender === null ? 0 : add(contentSender, 'reported')
  for (const recipient of recipients) add(recipient, 'recipient')
  const read = content.map((item) => addContent(draft, item, sender, authors))
  const uploads = read.map(({ uploadFrom }) => uploadFrom).filter((event) => event !== null)
  const person = draft.people[sender]
  if (person !== undefined) draft.people[sender] = { ...person, ipEvents: [...person.ipEvents, ...uploads] }
  return read
}

function priorityOf(draft: Draft, fields: Fields | null): { level: Priority; reason: string | null } | null {
  if (fields === null) return null
  const word = fields.word('level', priorityLevels)
  const reason = fields.text('reason')
  fields.finish()
  const level = priorities.find((priority) => priority === word?.trim().toUpperCase())
  if (level !== undefined) return { level, reason }
  draft.detail('declared priority as written', word, fields.at('level'))
  draft.narrative(reason, fields.at('reason'), 'other')
  return null
}

/** What the schedule asks for and the sender did not say. */
function remarkWhatIsMissing(draft: Draft, record: ReferralRecord, fields: Fields): void {
  const missing = (code: string, key: string, says: string): void => draft.remark(code, fields.at(key), says)
  if (record.reference === null)
    missing('reference-missing', 'urn', 'no reference: a later report cannot point to this one')
  if (record.sender.organisation === null) missing('sender-missing', 'provider', 'the provider does not name itself')
  if (record.declaredPriority === null) missing('priority-missing', 'priority', 'no priority declared that can be read')
  if (record.detectedAt === null) missing('detected-missing', 'detectedAt', 'not said when it was detected')
  const urgent = record.declaredPriority?.level === 'P1' || record.declaredPriority?.level === 'P2'
  if (urgent && record.telephoned === 'no' && isOutOfHours(record.detectedAt)) {
    missing('no-telephone-call', 'telephoned', 'P1 or P2 outside 07:00-17:00 UK time, and no call was made')
  }
}

const ukHour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' })

function isOutOfHours(time: TimeClaim | null): boolean {
  if (time?.instant == null) return false
  const hour = Number(ukHour.format(new Date(time.instant)))
  return hour < 7 || hour >= 17
}

const nonEmpty = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text)
